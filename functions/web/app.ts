import { type Context, Hono } from 'hono';
import type { LinkAskPorts } from '../app/approve/ask-for-link.ts';
import { type DecisionPorts, recordDecision } from '../app/approve/record-decision.ts';
import { renewLink } from '../app/approve/renew-link.ts';
import { showCase } from '../app/approve/show-case.ts';
import { type LinkVersion, MINTED } from '../contracts/link.ts';
import { type LinkedPage, linkedPage } from '../contracts/link-path.ts';
import { recordedReply, shownReply } from './answers.ts';
import { readForm } from './body.ts';
import { messagePage } from './layout.ts';
import { renewalReply } from './renewal.ts';
import type { Reply, Setting } from './reply.ts';
import { HEADERS } from './style.ts';

/** The pages behind the links in mails. Reading them changes nothing; only a posted form does. */
export function buildApp(ports: DecisionPorts & LinkAskPorts, minted: LinkVersion = MINTED): Hono {
  const app = new Hono();
  const setting = (): Setting => ({
    policy: ports.policy,
    now: ports.clock.now(),
    mailsLinks: MAILS_LINKS[minted],
  });

  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(HEADERS)) {
      c.res.headers.set(name, value);
    }
  });

  // HEAD requests are handled as GET, and Hono removes the body afterwards.
  app.get('*', async (c) => {
    const link = linkIn(c);
    if (link === null) {
      return reply(c, NOT_FOUND);
    }
    const shown = await showCase(ports, link.token, link.purpose);
    return reply(c, shownReply(shown, setting()));
  });

  app.post('*', async (c) => {
    const link = linkIn(c);
    if (link === null) {
      return reply(c, NOT_FOUND);
    }
    const read = await readForm(c.req.raw);
    if (!('form' in read)) {
      return reply(c, UNREADABLE[read.status]);
    }
    if (read.form.kind === 'link') {
      // The pages of a list ask for the other links.
      if (read.form.wish !== 'expired' || !MAILS_LINKS[minted]) {
        return reply(c, UNREADABLE[400]);
      }
      const renewed = await renewLink(ports, link.token, link.purpose);
      return reply(
        c,
        renewed.kind === 'renewal' ? renewalReply(renewed.asked) : shownReply(renewed, setting()),
      );
    }
    const done = await recordDecision(ports, link.token, link.purpose, read.form);
    return reply(c, recordedReply(done, read.form, setting()));
  });

  app.all('*', (c) => {
    if (linkIn(c) === null) {
      return reply(c, NOT_FOUND);
    }
    c.header('Allow', 'GET, HEAD, POST');
    return reply(c, WRONG_METHOD);
  });

  app.onError((error, c) => {
    // The class of the error and its place in the code, but not its message, which may quote the request.
    const at = (error.stack ?? '')
      .split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(0, 5);
    ports.log.error('request failed', { error: error.name, at });
    ports.log.count('PageFailed');
    return reply(c, BROKEN);
  });

  return app;
}

/** The link to a case in the request's path; null for any other path. There is no page for a list yet. */
function linkIn(c: Context): Extract<LinkedPage, { readonly scope: 'case' }> | null {
  const page = linkedPage(c.req.path);
  return page?.scope === 'case' ? page : null;
}

async function reply(c: Context, { status, body }: Reply): Promise<Response> {
  return c.html(await body, status);
}

/** Law 8: the release before the one that makes links of version 2 offers no new links, but could mail them. */
const MAILS_LINKS = { v1: false, v2: true } as const satisfies Record<LinkVersion, boolean>;

const AGAIN = 'Nothing was changed. Go back and try again, or open the link in the mail again.';

const NOT_FOUND: Reply = {
  status: 404,
  body: messagePage('Page not found', ['Please copy the whole link from the mail. Nothing was changed.']),
};

const WRONG_METHOD: Reply = {
  status: 405,
  body: messagePage('This method is not allowed', [
    'You can open this page and send its form. Nothing was changed.',
  ]),
};

const BROKEN: Reply = {
  status: 500,
  body: messagePage('Something went wrong', [
    'No key was changed. Please open the link in the mail again in a minute: the page shows whether your answer was recorded.',
  ]),
};

const UNREADABLE: Record<400 | 413 | 415, Reply> = {
  400: { status: 400, body: messagePage('This is not one of our forms', [AGAIN]) },
  413: { status: 413, body: messagePage('This is too large', [AGAIN]) },
  415: { status: 415, body: messagePage('This was not sent as a form', [AGAIN]) },
};
