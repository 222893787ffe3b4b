import { html } from 'hono/html';
import type { FoundReport, ShownReport } from '../../app/approve/show-report.ts';
import { toState } from '../../app/approve/state-on-report.ts';
import { isOld, type Report } from '../../core/validation/report.ts';
import { headline, sourceSentence, totalSentences } from '../../core/validation/words.ts';
import { moment } from '../../core/words/words.ts';
import { bad, banner, type Html, paragraphs } from '../layout.ts';
import type { Reply, Setting } from '../reply.ts';
import { openConcernCards } from './concerns.ts';
import { wrongForm } from './fields.ts';
import { framed } from './frame.ts';
import { pictures } from './pictures.ts';
import { refusedReport, type Unfit, unfitMessage } from './refused.ts';
import { type Part, partOf, placeWords, rowTable } from './rows.ts';
import { type Retried, signOffPart } from './sign-off.ts';

/** The reply to an opened link to a report. */
export function reportReply(shown: ShownReport, asked: number, setting: Setting): Reply {
  return shown.kind === 'refused'
    ? refusedReport(shown, null, setting)
    : { status: 200, body: reportPage(shown, asked, setting) };
}

/** A form that was refused before the report was shown again; null if there was none. */
export type Before = (Retried & { readonly kind: 'wrong' }) | Unfit | null;

/**
 * The page of a report: the state first, then the sign-off that is asked for and the open concerns, then the pictures, then the
 * users, a part at a time.
 */
export function reportPage(found: FoundReport, asked: number, setting: Setting, before: Before = null): Html {
  const { report } = found;
  const title = report === null ? 'There is no report yet' : headline(report.totals);
  const body =
    report === null ? html`${paragraphs([NONE_YET])}` : content(found, report, asked, setting, before);
  return framed(title, found, setting, body);
}

const NONE_YET =
  'The first one is made after the first inventory, within a day of the deployment. A report of a newer release is not shown either.';

/** Said of a report that has what a sign-off names; that of 0.11.0 has not. */
const NOT_TO_SIGN =
  'This report cannot be signed off: what was signed off before is not stored yet, or this release cannot read it. Open the link again tomorrow; if it says the same, tell whoever runs Solekey.';

function content(found: FoundReport, report: Report, asked: number, setting: Setting, before: Before): Html {
  const { now, policy } = setting;
  const { zone } = policy.digest;
  const part = partOf(report.rows, asked);
  const stating = toState(found);
  const state = html`${before === null ? null : refusal(before, setting)}${isOld(report, now) ? banner(bad('This report is old', [`It was made on ${moment(report.at, zone)}, and there should be one every day. Ask whoever runs Solekey to run the doctor.`])) : null}`;
  const [numbers = '', ...details] = totalSentences(report.totals);
  const stated =
    stating === null
      ? report.anchor === undefined
        ? null
        : html`<p>${NOT_TO_SIGN}</p>`
      : html`${signOffPart(stating, setting, before === null ? null : retriedIn(before))}${openConcernCards(stating.signOff.open, stating.signOff.settled, stating.words, setting)}<h2>The state in detail</h2>`;
  const first = html`${state}<p>${numbers}</p>${stated}${paragraphs([...details, sourceSentence(report.totals, report, zone)])}${pictures(report)}`;
  return html`${part.page === 1 ? first : null}
<section id="users"><h2>Users who were changed, or for whom something is left to do</h2>
${
  report.rows.length === 0
    ? html`<p>Nobody.</p>`
    : html`<p>${placeWords(part, report.rows.length)}, the most urgent first.</p>
${rowTable(part.rows, now, zone, stating !== null)}${pager(part)}`
}</section>`;
}

function refusal(before: NonNullable<Before>, { policy }: Setting): Html | null {
  return before.kind === 'wrong'
    ? wrongForm({ mistakes: before.mistakes, accountName: policy.accountName })
    : unfitMessage(before);
}

/** A sign-off that can be given again. About another report, nothing is chosen beforehand. */
function retriedIn(before: NonNullable<Before>): Retried | null {
  if (before.kind === 'wrong') {
    return before;
  }
  const { posted } = before;
  return posted.kind === 'check' || posted.kind === 'sign-off'
    ? { putIn: { verdict: null, comment: posted.comment }, mistakes: [] }
    : null;
}

/** Links to the parts before and after. */
function pager({ page: at, pages }: Part): Html | null {
  if (pages === 1) {
    return null;
  }
  const to = (number: number, words: string) => html`<a class="act" href="?page=${number}">${words}</a>`;
  return html`<p>${at > 1 ? to(at - 1, 'Previous users') : null} ${at < pages ? to(at + 1, 'Next users') : null}</p>`;
}
