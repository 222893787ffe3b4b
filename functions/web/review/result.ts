import { html } from 'hono/html';
import type { ResultRow, ReviewResult } from '../../app/approve/show-review.ts';
import type { DoneReview } from '../../contracts/list-query.ts';
import { droppedIn } from '../../core/case/dropped.ts';
import { isChoosing } from '../../core/case/requests.ts';
import { notCarriedOut } from '../../core/words/dropped.ts';
import { PAGE } from '../../core/words/style.ts';
import { counted, inWords } from '../../core/words/words.ts';
import { type Html, page, paragraphs } from '../layout.ts';
import { foot } from '../list/list-page.ts';
import { hrefOfRow } from '../list/row-link.ts';
import { notNow } from '../paused.ts';
import type { Setting } from '../reply.ts';
import { chosenWords } from '../sentences.ts';
import { head } from './head.ts';
import { pacing } from './pacing.ts';
import { refusedRows } from './refused.ts';

/**
 * The outcomes of several decisions: those that were refused, each with its reason, then those that are recorded. It is read anew
 * each time, so a reload repeats nothing and shows what is true then.
 */
export function reviewResultPage(
  { visitor, rows }: ReviewResult,
  { unreadable, started }: DoneReview,
  token: string,
  setting: Setting,
): Html {
  const { policy, now } = setting;
  const recorded = rows.filter(({ decided }) => decided !== null);
  const refused = rows.flatMap((row) =>
    row.outcome === 'recorded' ? [] : { name: nameOf(row), href: hrefOf(row, token), why: row.outcome },
  );
  const keys = recorded.reduce((sum, { decided }) => sum + keysIn(decided), 0);
  const title = `${counted(recorded.length, 'decision')} recorded${refused.length + unreadable === 0 ? '' : `, ${refused.length + unreadable} not`}`;
  const waits = recorded.flatMap(({ shown }) => (shown.kind === 'found' ? notNow(shown.view, policy) : []));
  const lines =
    recorded.length === 0
      ? []
      : [
          `These are recorded under your name. ${counted(keys, 'key')} of ${counted(recorded.length, 'user')} to deactivate:`,
        ];
  const then =
    recorded.length === 0
      ? []
      : waits.length > 0
        ? [...new Set(waits)]
        : [...pacing(keys, policy, now), undone(policy)];
  return page(
    title,
    html`${head(visitor, policy)}<main>
<h1>${title}</h1>
${refusedRows(refused, unreadable, 'Not recorded')}
${paragraphs(lines)}
${recorded.length === 0 ? null : html`<ul>${recorded.map((row) => html`<li>${recordedLine(row, token, setting)}</li>`)}</ul>`}
${paragraphs([...then, ...(started ? [] : [NOT_STARTED])])}
<p><a href="${token}">All open cases</a></p>
</main>${visitor === null ? null : foot({ visitor }, setting)}`,
  );
}

function undone({ grace }: Setting['policy']): string {
  return `Once keys are deactivated, every approver is told by mail, and can reactivate them for ${inWords(grace)}.`;
}

const NOT_STARTED =
  'They could not be started immediately, and start with the next regular check. Nothing needs to be sent again.';

function nameOf({ userName, userId }: ResultRow): string {
  return userName ?? userId;
}

function hrefOf({ userId, caseNumber }: ResultRow, token: string): string {
  return hrefOfRow(token, { userId, number: caseNumber });
}

function keysIn(decided: ResultRow['decided']): number {
  return decided !== null && isChoosing(decided.ask) ? decided.ask.off.length : 0;
}

/** `ci-deploy: keep …MPLE, deactivate …3QXK.`, and if that was not carried out, why. */
function recordedLine(row: ResultRow, token: string, { policy }: Setting): Html {
  const { decided, shown, facts } = row;
  const ask = decided?.ask;
  const chosen = ask !== undefined && isChoosing(ask) ? chosenWords(ask, policy) : '';
  const dropped =
    shown.kind === 'found'
      ? droppedIn(shown.view.current).findLast(({ digest }) => digest === facts)
      : undefined;
  const why = dropped === undefined ? '' : ` ${notCarriedOut(dropped, policy, PAGE, decided?.by ?? null)}`;
  return html`<a href="${hrefOf(row, token)}">${nameOf(row)}</a>: ${chosen}.${why}`;
}
