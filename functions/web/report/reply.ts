import { html } from 'hono/html';
import type { FoundReport, ShownReport } from '../../app/approve/show-report.ts';
import { DAY, plus } from '../../core/model/time.ts';
import type { Report } from '../../core/validation/report.ts';
import { headline, sourceSentence, totalSentences } from '../../core/validation/words.ts';
import { moment } from '../../core/words/words.ts';
import { bad, banner, type Html, page, paragraphs } from '../layout.ts';
import { foot } from '../list/list-page.ts';
import { refusedReply } from '../no-open-case.ts';
import { ofWhom } from '../reader.ts';
import type { Reply, Setting } from '../reply.ts';
import { pictures } from './pictures.ts';
import { type Part, partOf, placeWords, rowTable } from './rows.ts';

/** The reply to an opened link to a report. */
export function reportReply(shown: ShownReport, asked: number, setting: Setting): Reply {
  return shown.kind === 'refused'
    ? refusedReply(shown, null, setting, 'report')
    : { status: 200, body: reportPage(shown, asked, setting) };
}

/** Without a validation for so long something is broken: there is one every day. */
const OLD = 2 * DAY;

/** The page of a report: the state first, then the pictures, then the users, a part at a time. */
function reportPage({ visitor, report }: FoundReport, asked: number, setting: Setting): Html {
  const { policy } = setting;
  const title = report === null ? 'There is no report yet' : headline(report.totals);
  return page(
    title,
    html`<header><span>Solekey · ${policy.accountName} (${visitor.claim.account})</span>
<span>${ofWhom(visitor)}</span></header><main>
<h1>${title}</h1>
${report === null ? paragraphs([NONE_YET]) : content(report, asked, setting)}
</main>${foot({ visitor }, setting)}`,
  );
}

const NONE_YET =
  'The first one is made after the first inventory, within a day of the deployment. A report of a newer release is not shown either.';

function content(report: Report, asked: number, { policy, now }: Setting): Html {
  const { zone } = policy.digest;
  const part = partOf(report.rows, asked);
  const old = report.at < plus(now, -OLD);
  const lines = [...totalSentences(report.totals), sourceSentence(report.totals, report, zone)];
  const state = html`${old ? banner(bad('This report is old', [`It was made on ${moment(report.at, zone)}, and there should be one every day. Ask whoever runs Solekey to run the doctor.`])) : null}
${paragraphs(lines)}`;
  return html`${part.page === 1 ? html`${state}${pictures(report)}` : null}
<section><h2>Users who were changed, or for whom something is left to do</h2>
${
  report.rows.length === 0
    ? html`<p>Nobody.</p>`
    : html`<p>${placeWords(part, report.rows.length)}, the most urgent first.</p>
${rowTable(part.rows, now, zone)}${pager(part)}`
}</section>`;
}

/** Links to the parts before and after. */
function pager({ page: at, pages }: Part): Html | null {
  if (pages === 1) {
    return null;
  }
  const to = (number: number, words: string) => html`<a class="act" href="?page=${number}">${words}</a>`;
  return html`<p>${at > 1 ? to(at - 1, 'Previous users') : null} ${at < pages ? to(at + 1, 'Next users') : null}</p>`;
}
