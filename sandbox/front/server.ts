import { createServer } from 'node:http';
import type { ConfigService } from '../gateway/config/service.ts';
import { forward, readRequest, type WebAnswer, type WebRequest } from '../gateway/http.ts';
import type { Inbox } from '../inbox/inbox.ts';
import { inboxPage } from '../inbox/pages.ts';
import type { Say } from '../world/say.ts';
import { configPage } from './config-page.ts';

export interface FrontOptions {
  readonly port: number;
  readonly inbox: Inbox;
  readonly ministackUrl: string;
  /** Source of the user names for the ids that AWS Config shows. */
  readonly motoUrl: string;
  readonly config: ConfigService;
  readonly say: Say;
}

/** Where the links in SNS's own mails lead. */
const SNS_LINKS = ['/confirmation.html', '/unsubscribe.html'];

export interface Front {
  readonly url: string;
  /** The address below which SNS posts mails, by recipient. */
  readonly mailboxesUrl: string;
  /** The address to which SNS posts the messages for this mailbox. */
  mailboxUrl(mailbox: string): string;
  /** From now on serves this HTTP API at every path that is not the sandbox's own. */
  serve(apiId: string): void;
  stop(): Promise<void>;
}

const text = (status: number, line: string): WebAnswer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: Buffer.from(`${line}\n`),
});

/**
 * The server for browsers: inboxes below /inbox, the links in SNS's own mails, AWS Config at /config, and everything
 * else forwarded unchanged to the deployed HTTP API. In AWS the API has a host name of its own; in the emulator its
 * address is a long path, which cannot be the base of a mailed link.
 */
export async function startFront(options: FrontOptions): Promise<Front> {
  const { port, inbox, ministackUrl, motoUrl, config, say } = options;
  const url = `http://127.0.0.1:${port}`;
  let apiId: string | undefined;

  const answer = async (request: WebRequest): Promise<WebAnswer> => {
    const path = request.target.split('?')[0] ?? '/';
    if (path === '/') {
      return { status: 302, headers: { location: '/inbox' }, body: Buffer.alloc(0) };
    }
    const [, mailbox] = /^\/inbox\/deliver\/(.+)$/.exec(path) ?? [];
    if (mailbox !== undefined && request.method === 'POST') {
      await inbox.deliver(decodeURIComponent(mailbox), request.body.toString('utf8'));
      return text(200, 'taken');
    }
    if (path === '/inbox' || path.startsWith('/inbox/')) {
      return inboxPage(inbox, path);
    }
    if (SNS_LINKS.includes(path)) {
      return forward(ministackUrl, request);
    }
    if (path === '/config') {
      return configPage(config, await userNames(motoUrl));
    }
    if (apiId === undefined) {
      return text(503, 'Solekey is not deployed yet.');
    }
    const target = `/_aws/execute-api/${apiId}/$default${request.target}`;
    return forward(ministackUrl, { ...request, target });
  };

  const server = createServer((incoming, outgoing) => {
    readRequest(incoming)
      .then(answer)
      .catch((error: unknown) => {
        say(`the page ${incoming.url?.slice(0, 20)} could not be served: ${String(error)}`);
        return text(502, 'The sandbox could not reach the page.');
      })
      .then((page) => {
        outgoing.writeHead(page.status, { ...page.headers, 'content-length': page.body.length });
        outgoing.end(incoming.method === 'HEAD' ? undefined : page.body);
      })
      .catch((error: unknown) => say(`a page could not be sent: ${String(error)}`));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url,
    mailboxesUrl: `${url}/inbox/deliver`,
    mailboxUrl: (mailbox) => `${url}/inbox/deliver/${encodeURIComponent(mailbox)}`,
    serve(id) {
      apiId = id;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function userNames(motoUrl: string): Promise<ReadonlyMap<string, string>> {
  const users = (await (await fetch(`${motoUrl}/sandbox/users`)).json()) as {
    readonly userId: string;
    readonly userName: string;
  }[];
  return new Map(users.map(({ userId, userName }) => [userId, userName]));
}
