import { type Context, Hono } from 'hono';
import { askForReport, renewReportLink } from '../app/approve/ask-for-report.ts';
import { checkChoice } from '../app/approve/check-choice.ts';
import { isChoice } from '../app/approve/posted-answer.ts';
import { recordDecision } from '../app/approve/record-decision.ts';
import { renewLink } from '../app/approve/renew-link.ts';
import { requestLink } from '../app/approve/request-link.ts';
import type { ReviewPorts } from '../app/approve/review.ts';
import { type CasePath, showCase } from '../app/approve/show-case.ts';
import { type ListPorts, showList } from '../app/approve/show-list.ts';
import type { StatingPorts } from '../app/approve/state-on-report.ts';
import type { ListPlace } from '../app/list-ports.ts';
import { type LinkVersion, MINTED } from '../contracts/link.ts';
import { type LinkedPage, linkedPage } from '../contracts/link-path.ts';
import { placeOf, placeText } from '../contracts/list-item.ts';
import { doneIn, filterIn, queryOf } from '../contracts/list-query.ts';
import { reportAsked } from '../contracts/statement-form.ts';
import type { ListFilter } from '../core/page/list-filter.ts';
import { listReply, postedReply, shownReply } from './answers.ts';
import { readForm, readReview, readStatement } from './body.ts';
import { messagePage } from './layout.ts';
import { hrefOfList } from './list/row-link.ts';
import { refusedReply } from './no-open-case.ts';
import { renewalReply } from './renewal.ts';
import type { Reply, SeeOther, Setting } from './reply.ts';
import { renewedReportReply } from './report/renewed.ts';
import { reportGet, statedReply } from './report/stating.ts';
import { reportLinkReply } from './report-link.ts';
import { resultReply, reviewReply } from './review/reply.ts';
import { HEADERS } from './style.ts';
import { keysInOneLine } from './whole-keys.ts';
import { wishedReply } from './wished.ts';

/** The pages behind the links in mails. Reading them changes nothing; only a posted form does. */
export function buildApp(ports: ReviewPorts & ListPorts & StatingPorts, minted: LinkVersion = MINTED): Hono {
  const app = new Hono();
  const settingOf = ({ scope, token }: LinkedPage): Setting => ({
    policy: ports.policy,
    now: ports.clock.now(),
    mailsLinks: MAILS_LINKS[minted],
    ...(scope === 'list' ? { list: hrefOfList(token) } : {}),
    ...(ports.offered === undefined ? {} : { offered: ports.offered }),
  });

  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(HEADERS)) {
      c.res.headers.set(name, value);
    }
  });

  // HEAD requests are handled as GET, and Hono removes the body afterwards.
  app.get('*', async (c) => {
    const link = linkedPage(c.req.path);
    if (link === null) {
      return reply(c, NOT_FOUND);
    }
    if (link.scope === 'report') {
      return reply(c, await reportGet(ports, link.token, reportAsked(c.req.query()), settingOf(link)));
    }
    const path = casePath(link);
    if (path === null) {
      const done = doneIn(c.req.url);
      if (done !== null) {
        return reply(c, await resultReply(ports, link.token, done, settingOf(link)));
      }
      const { after, filter } = listAsked(c);
      const shown = await showList(ports, link.token, after, filter);
      return reply(c, listReply(shown, link.token, settingOf(link)));
    }
    const shown = await showCase(ports, link.token, path);
    return reply(c, shownReply(shown, settingOf(link)));
  });

  app.post('*', async (c) => {
    const link = linkedPage(c.req.path);
    if (link === null) {
      return reply(c, NOT_FOUND);
    }
    if (link.scope === 'report') {
      const read = await readStatement(c.req.raw);
      if (!('form' in read)) {
        return reply(c, UNREADABLE[read.status]);
      }
      if (read.form.kind === 'renew') {
        const done = MAILS_LINKS[minted] ? await renewReportLink(ports, link.token) : null;
        return reply(c, done === null ? UNREADABLE[400] : renewedReportReply(done, settingOf(link)));
      }
      return replyOrLead(c, await statedReply(ports, link.token, read.form, settingOf(link)));
    }
    const path = casePath(link);
    if (path === null) {
      const read = await readReview(c.req.raw);
      if (!('form' in read)) {
        return reply(c, UNREADABLE[read.status]);
      }
      if (read.form.kind === 'report-link') {
        if (!MAILS_LINKS[minted]) {
          return reply(c, UNREADABLE[400]);
        }
        const asked = await askForReport(ports, link.token);
        return reply(
          c,
          asked.kind === 'asked'
            ? reportLinkReply(asked, lastPart(c.req.path))
            : refusedReply(asked, null, settingOf(link)),
        );
      }
      const { after, filter } = listAsked(c);
      const back = queryOf(filter, after === null ? null : placeText(after));
      const from = { token: link.token, back };
      return replyOrLead(c, await reviewReply(ports, from, read.form, settingOf(link)));
    }
    const read = await readForm(c.req.raw);
    if (!('form' in read)) {
      return reply(c, UNREADABLE[read.status]);
    }
    if (read.form.kind === 'link') {
      const { wish } = read.form;
      if (!MAILS_LINKS[minted]) {
        return reply(c, UNREADABLE[400]);
      }
      if (wish === 'expired') {
        const renewed = await renewLink(ports, link.token, path);
        return reply(
          c,
          renewed.kind === 'renewal' ? renewalReply(renewed.asked) : shownReply(renewed, settingOf(link)),
        );
      }
      const wished = await requestLink(ports, link.token, path, wish);
      return reply(c, wishedReply(wished, settingOf(link)));
    }
    const { form } = read;
    const done = isChoice(form)
      ? await checkChoice(ports, link.token, path, form)
      : await recordDecision(ports, link.token, path, form);
    return replyOrLead(c, postedReply(done, form, settingOf(link)));
  });

  app.all('*', (c) => {
    if (linkedPage(c.req.path) === null) {
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

/** The part of the list that an address asks for. */
function listAsked(c: Context): { readonly after: ListPlace | null; readonly filter: ListFilter } {
  return { after: placeOf(c.req.query('after') ?? ''), filter: filterIn(c.req.query()) };
}

/** Answers with a page, or leads to another page of the same link. */
async function replyOrLead(c: Context, answer: Reply | SeeOther): Promise<Response> {
  // The address is relative, because the public URL may have a prefix that the function does not see.
  return 'body' in answer
    ? reply(c, answer)
    : c.redirect(`${lastPart(c.req.path)}${answer.query ?? ''}`, answer.status);
}

/** The last part of a path, which leads from the page to itself. */
function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The case that a link's page is about; null for the page of a list. */
function casePath(link: Exclude<LinkedPage, { readonly scope: 'report' }>): CasePath | null {
  return link.scope === 'case' ? link.purpose : link.row;
}

async function reply(c: Context, { status, body }: Reply): Promise<Response> {
  return c.html(keysInOneLine(String(await body)), status);
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
