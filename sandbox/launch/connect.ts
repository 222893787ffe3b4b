import type { Front } from '../front/server.ts';
import { type Inbox, NEWS } from '../inbox/inbox.ts';
import type { Sns } from '../world/sns.ts';
import type { Assembly } from './assembly.ts';
import type { Clients } from './clients.ts';
import type { Deployed } from './deploy.ts';
import { confirmMail, subscribeNews } from './subscribe.ts';

export interface Ends {
  readonly clients: Clients;
  readonly assembly: Assembly;
  readonly deployed: Deployed;
  readonly front: Front;
  readonly inbox: Inbox;
  readonly sns: Sns;
}

/**
 * Opens the mailboxes of everybody to whom the template sends mail, and routes browsers to the deployed pages. Returns the
 * addresses that get mail. Their subscriptions are confirmed, except those in `unconfirmed`; `all` leaves all of them pending.
 */
export async function connectPeople(
  ends: Ends,
  unconfirmed: 'all' | ReadonlySet<string>,
): Promise<readonly string[]> {
  const { clients, assembly, deployed, front, inbox, sns } = ends;
  const addresses = addressesIn(assembly);
  inbox.open(addresses);
  if (unconfirmed !== 'all') {
    await confirmMail({ clients, inbox, sns, except: unconfirmed });
  }
  const news = deployed.outputs.DataTopicArn;
  if (news !== undefined) {
    await subscribeNews(clients, news, front.mailboxUrl(NEWS));
  }
  const [api] =
    Object.entries(assembly.template.Resources).find(([, { Type }]) => Type === 'AWS::ApiGatewayV2::Api') ??
    [];
  front.serve(deployed.resources[api ?? ''] ?? '');
  return addresses;
}

/** The addresses that the template subscribes, each once. */
function addressesIn({ template }: Assembly): readonly string[] {
  const mails = Object.values(template.Resources).flatMap(({ Type, Properties }) =>
    Type === 'AWS::SNS::Subscription' && Properties?.Protocol === 'email'
      ? [String(Properties.Endpoint)]
      : [],
  );
  return [...new Set(mails)];
}
