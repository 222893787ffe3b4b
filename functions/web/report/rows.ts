import { html } from 'hono/html';
import type { ReadHow } from '../../core/inventory/surveyed.ts';
import type { Instant } from '../../core/model/time.ts';
import type { Zone } from '../../core/model/zone.ts';
import type { ReportRow } from '../../core/validation/report-row.ts';
import { MOVED, REMAINING } from '../../core/validation/words.ts';
import { DOUBT } from '../../core/words/doubts.ts';
import { NEXT_STEP } from '../../core/words/next-step.ts';
import { inFull } from '../../core/words/owners.ts';
import { PENDING } from '../../core/words/pending.ts';
import { day, grouped, list, momentFromNow } from '../../core/words/words.ts';
import { type Html, unbroken } from '../layout.ts';

/** Users of a page of the report. */
export const ROWS = 100;

/** The part of the rows that a page shows, counted from 1. A page beyond the last one is the last. */
export interface Part {
  readonly rows: readonly ReportRow[];
  readonly page: number;
  readonly pages: number;
}

/** The rows of a page. */
export function partOf(rows: readonly ReportRow[], asked: number): Part {
  const pages = Math.max(1, Math.ceil(rows.length / ROWS));
  const page = Math.min(asked, pages);
  return { rows: rows.slice((page - 1) * ROWS, page * ROWS), page, pages };
}

/**
 * The users of a report: what each has, what was decided, and what to do next. On a phone each row is a block of its own. With
 * `concerns` each leads to the form for a concern.
 */
export function rowTable(rows: readonly ReportRow[], now: Instant, zone: Zone, concerns = false): Html {
  const head = ['User', 'Active keys', 'State', 'Facts', 'Next step'];
  return html`<table role="table" class="keys">
<thead role="rowgroup"><tr role="row">${head.map((title) => html`<th scope="col" role="columnheader">${title}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows.map((row) => rowOf(row, now, zone, concerns))}</tbody>
</table>`;
}

function rowOf(row: ReportRow, now: Instant, zone: Zone, concerns: boolean): Html {
  const next = row.next === null ? 'Nothing is left to do.' : NEXT_STEP[row.next];
  const cells = [
    ['Active keys', activeWords(row)],
    ['State', stateWords(row)],
    ['Facts', factsWords(row, now, zone)],
    ['Next step', next],
  ] as const;
  return html`<tr role="row">
<th scope="row" role="rowheader"><bdi>${row.userName}</bdi>${who(row)}${concerns && row.userId !== undefined ? html` <a class="by" href="?concern=${row.userId}">Record a concern</a>` : null}</th>
${cells.map(([label, words]) => html`<td role="cell" data-label="${label}">${unbroken(words)}</td>`)}
</tr>`;
}

/** The owner and the kind of the user, below the name. */
function who({ owner, privileged, automation, renamedFrom }: ReportRow): Html {
  const parts = [
    ...(privileged === true ? ['privileged'] : []),
    ...(automation === true ? ['automation'] : []),
    ...(owner === null ? [] : [html`owner <bdi>${inFull(owner)}</bdi>`]),
    ...(renamedFrom === null ? [] : [html`before: <bdi>${renamedFrom}</bdi>`]),
  ];
  return html`${parts.map((part, n) => html`${n === 0 ? ' ' : html` <span class="hint">·</span> `}<span class="hint">${part}</span>`)}`;
}

function activeWords({ count, active }: ReportRow): string {
  if (count === 'gone') {
    return 'none: the user no longer exists';
  }
  if (count === 'unknown') {
    return active.length === 0 ? 'not known' : `not known; before: ${list(active)}`;
  }
  return active.length === 0 ? 'none' : `${active.length}: ${list(active)}`;
}

/** Everything about the case and the keys, one sentence for each fact. */
function stateWords(row: ReportRow): string {
  const { remaining, closedAt, lastUsed, openCase, pending, takeOver, excluded, observed, doubts } = row;
  const closed = closedAt === null ? '' : ` (closed ${day(closedAt)})`;
  const used = remaining === 'ok' && lastUsed !== null ? `, last used ${day(lastUsed)}` : '';
  return [
    ...(remaining === null ? [] : [`${capital(REMAINING[remaining])}${closed}${used}.`]),
    ...openWords(openCase),
    ...pending.map(
      ({ keyId, why, until }) => `${keyId}: ${PENDING[why]}${until === null ? '' : ` until ${day(until)}`}.`,
    ),
    ...takeOver.map(({ keyId, verdict }) => `${keyId}: ${MOVED[verdict]}.`),
    ...(excluded === null ? [] : [EXCLUDED[excluded]]),
    ...(observed ? ['Only observed: Solekey changes no key of this user.'] : []),
    ...doubts.map((doubt) => DOUBT[doubt]),
  ].join(' ');
}

const EXCLUDED = {
  name: 'Excluded by name in the settings.',
  tag: 'Excluded by a tag.',
} as const satisfies Record<NonNullable<ReportRow['excluded']>, string>;

function openWords(openCase: ReportRow['openCase']): string[] {
  if (openCase === null) {
    return [];
  }
  const { opened, openBefore } = openCase;
  const since = opened === null ? '' : ` since ${day(opened)}`;
  return [`Case open${since}${openBefore ? ', before the last validation already' : ''}.`];
}

const SOURCE: Readonly<Record<ReadHow, string>> = {
  live: 'read',
  report: 'credential report of',
  unread: 'not read',
};

function factsWords({ read, asOf }: ReportRow, now: Instant, zone: Zone): string {
  return asOf === null ? SOURCE.unread : `${SOURCE[read]} ${momentFromNow(asOf, now, zone)}`;
}

/** `Users 101 to 200 of 5,000`. */
export function placeWords({ page, rows }: Part, all: number): string {
  const first = (page - 1) * ROWS + 1;
  return `Users ${grouped(first)} to ${grouped(first + rows.length - 1)} of ${grouped(all)}`;
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
