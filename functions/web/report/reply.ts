import { html } from 'hono/html';
import type { FoundReport, ShownReport } from '../../app/approve/show-report.ts';
import { type PostedSignOff, toState } from '../../app/approve/state-on-report.ts';
import { isOld, type Report } from '../../core/validation/report.ts';
import { headline, sourceSentence, totalSentences } from '../../core/validation/words.ts';
import { moment } from '../../core/words/words.ts';
import { bad, banner, type Html, paragraphs } from '../layout.ts';
import { refusedReply } from '../no-open-case.ts';
import type { Reply, Setting } from '../reply.ts';
import { openConcernCards } from './concerns.ts';
import { type Mistaken, wrongForm } from './fields.ts';
import { framed } from './frame.ts';
import { pictures } from './pictures.ts';
import { type Part, partOf, placeWords, rowTable } from './rows.ts';
import { MOVED, signOffForm, signOffState } from './sign-off.ts';

/** The reply to an opened link to a report. */
export function reportReply(shown: ShownReport, asked: number, setting: Setting): Reply {
  return shown.kind === 'refused'
    ? refusedReply(shown, null, setting, 'report')
    : { status: 200, body: reportPage(shown, asked, setting) };
}

/** A sign-off that was refused, or the news that the report is another one than was answered. */
export type Before =
  | { readonly putIn: PostedSignOff; readonly mistakes: Mistaken['mistakes'] }
  | 'moved'
  | null;

/**
 * The page of a report: the state first, then what is signed off and what concerns are open, then the pictures, then the users, a
 * part at a time, and the form for a sign-off at the end of the first part.
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

function content(found: FoundReport, report: Report, asked: number, setting: Setting, before: Before): Html {
  const { now, policy } = setting;
  const { zone } = policy.digest;
  const part = partOf(report.rows, asked);
  const stating = toState(found);
  const lines = [...totalSentences(report.totals), sourceSentence(report.totals, report, zone)];
  const putIn = before === 'moved' ? null : before;
  const state = html`${before === 'moved' ? MOVED : null}${putIn === null ? null : wrongForm({ mistakes: putIn.mistakes, accountName: policy.accountName })}${isOld(report, now) ? banner(bad('This report is old', [`It was made on ${moment(report.at, zone)}, and there should be one every day. Ask whoever runs Solekey to run the doctor.`])) : null}
${paragraphs(lines)}`;
  const signedOff =
    stating === null
      ? null
      : html`${signOffState(stating.signOff, setting)}${openConcernCards(stating.signOff.open, stating.signOff.settled, stating.words, setting)}`;
  return html`${part.page === 1 ? html`${state}${signedOff}${pictures(report)}` : null}
<section><h2>Users who were changed, or for whom something is left to do</h2>
${
  report.rows.length === 0
    ? html`<p>Nobody.</p>`
    : html`<p>${placeWords(part, report.rows.length)}, the most urgent first.</p>
${rowTable(part.rows, now, zone, stating !== null)}${pager(part)}`
}</section>${stating !== null && part.page === 1 ? signOffForm(stating, setting, putIn?.putIn, putIn?.mistakes) : null}`;
}

/** Links to the parts before and after. */
function pager({ page: at, pages }: Part): Html | null {
  if (pages === 1) {
    return null;
  }
  const to = (number: number, words: string) => html`<a class="act" href="?page=${number}">${words}</a>`;
  return html`<p>${at > 1 ? to(at - 1, 'Previous users') : null} ${at < pages ? to(at + 1, 'Next users') : null}</p>`;
}
