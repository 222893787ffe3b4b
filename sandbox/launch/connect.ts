import type { Front } from '../front/server.ts';
import { type Inbox, NEWS } from '../inbox/inbox.ts';
import type { Assembly } from './assembly.ts';
import type { Clients } from './clients.ts';
import type { Deployed } from './deploy.ts';
import { subscribeInboxes } from './subscribe.ts';

export interface Ends {
  readonly clients: Clients;
  readonly assembly: Assembly;
  readonly deployed: Deployed;
  readonly front: Front;
  readonly inbox: Inbox;
}

/** Routes mails to the local inboxes and browsers to the deployed pages. Returns the addresses that get mail. */
export async function connectPeople(ends: Ends): Promise<readonly string[]> {
  const { clients, assembly, deployed, front, inbox } = ends;
  const addresses = await subscribeInboxes({
    clients,
    assembly,
    deployed,
    mailboxUrl: (address) => front.mailboxUrl(address),
    newsUrl: front.mailboxUrl(NEWS),
  });
  inbox.open(addresses);
  const [api] =
    Object.entries(assembly.template.Resources).find(([, { Type }]) => Type === 'AWS::ApiGatewayV2::Api') ??
    [];
  front.serve(deployed.resources[api ?? ''] ?? '');
  return addresses;
}
