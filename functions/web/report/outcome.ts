import { html } from 'hono/html';
import type { LinkAsked } from '../../app/approve/ask-for-link.ts';
import type { StatementRecorded } from '../../app/approve/record-statement.ts';
import type { FoundReport } from '../../app/approve/show-report.ts';
import type { ToState } from '../../app/approve/state-on-report.ts';
import { fieldsOf, type PostedStatement, statedQuery } from '../../contracts/statement-form.ts';
import type { Noted } from '../../core/signoff/noted.ts';
import { NOT_COUNTED, VERDICT } from '../../core/signoff/words.ts';
import { moment } from '../../core/words/words.ts';
import { type Html, paragraphs } from '../layout.ts';
import { MAIL_LIMIT } from '../renewal.ts';
import type { Reply, SeeOther, Setting } from '../reply.ts';
import { nameOf } from '../sentences.ts';
import { NOTHING_CHANGED } from '../unchanged.ts';
import { BACK, framed } from './frame.ts';

/** The reply to a statement that was stored: its outcome by GET, so that a reload repeats nothing. */
export function recordedReply(
  found: ToState,
  recorded: StatementRecorded,
  posted: PostedStatement,
  setting: Setting,
): Reply | SeeOther {
  switch (recorded.outcome) {
    case 'recorded':
    case 'before':
      return { status: 303, query: statedQuery(recorded.digest) };
    case 'not-sent':
      return message(
        found,
        setting,
        200,
        'It is stored, but not in the ledger yet',
        ['It could not be handed on. Send it again in a minute: it is recorded once.'],
        again(posted),
      );
    case 'not-permitted':
      return message(found, setting, 403, 'This link permits no sign-off', ['Nothing was recorded.']);
  }
}

/** The outcome of a statement that was given before. */
export function outcomeReply(found: FoundReport, noted: Noted | null, setting: Setting): Reply {
  const { zone } = setting.policy.digest;
  if (noted === null) {
    return message(found, setting, 200, 'It is being recorded', [
      'It is stored, and becomes an entry of the ledger within a minute. Reload this page to see the result.',
    ]);
  }
  return 'entry' in noted
    ? message(found, setting, 200, 'It is recorded', [
        `It is entry ${noted.entry} of the ledger of this account, since ${moment(noted.at, zone)}. The report shows it within half an hour.`,
        ...laterSignOff(found, noted.entry, setting),
      ])
    : message(found, setting, 409, 'It was not recorded', [NOT_COUNTED[noted.refused], NOT_IN_LEDGER]);
}

/** The sign-off of this report that counts in place of an earlier one; nothing if that is the latest. */
function laterSignOff({ report, signOff }: FoundReport, entry: number, { policy }: Setting): string[] {
  const last = signOff?.last ?? null;
  return last === null || last.number <= entry || last.anchor !== report?.anchor
    ? []
    : [
        `The latest sign-off of this report is entry ${last.number}: ${VERDICT[last.verdict]}, by ${nameOf(policy, last.by)}. It is the one that counts.`,
      ];
}

const NOT_IN_LEDGER = 'It is not in the ledger, and no key was changed.';

/** The reply to a request for the link of a user. */
export function linkReply(found: ToState, asked: LinkAsked, setting: Setting): Reply {
  switch (asked) {
    case 'asked':
    case 'asked-before':
      return message(found, setting, 200, 'The link is being mailed', [
        `It comes to the address of ${found.visitor.approver.name}, usually within a minute. Its page reactivates the key. ${MAIL_LIMIT}`,
        NOTHING_CHANGED,
      ]);
    case 'not-sent':
      return message(found, setting, 200, 'The mail could not be started', [
        'Your request is recorded, but no mail comes yet. Press the button again in a minute.',
        NOTHING_CHANGED,
      ]);
    case 'not-permitted':
      return message(found, setting, 403, 'No link can be mailed with this one', [NOTHING_CHANGED]);
  }
}

/** The same form once more, with one button. */
function again(posted: PostedStatement): Html {
  return html`<form method="post">
${fieldsOf(posted).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<p><button type="submit">Send it again</button></p>
</form>`;
}

function message(
  found: Pick<FoundReport, 'visitor'>,
  setting: Setting,
  status: Reply['status'],
  title: string,
  lines: readonly string[],
  form: Html | null = null,
): Reply {
  const body: Html = html`${paragraphs(lines)}${form}${BACK}`;
  return { status, body: framed(title, found, setting, body) };
}
