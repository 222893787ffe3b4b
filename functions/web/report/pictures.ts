import { html } from 'hono/html';
import { BANDS, type Banded } from '../../core/validation/bands.ts';
import type { OwnerCounts, Point, Report } from '../../core/validation/report.ts';
import { BAND, COUNT, tookSentence } from '../../core/validation/words.ts';
import { inFull } from '../../core/words/owners.ts';
import { day, grouped } from '../../core/words/words.ts';
import type { Html } from '../layout.ts';

/** A row of a picture: its name, the picture, and the number that it shows. */
interface Row {
  readonly label: string | Html;
  readonly picture: Html;
  readonly count: number;
  /** Text below the picture; absent if there is none. */
  readonly beside?: string;
}

/**
 * Numbers as a table with pictures: they are for the eye, and the table says the same to everybody else. Every length is an
 * attribute, because the pages admit no style of their own.
 */
function figure(
  title: string,
  hint: string,
  [what, number]: readonly [string, string],
  rows: readonly Row[],
): Html {
  return html`<section><h2>${title}</h2>
<p>${hint}</p>
${
  rows.length === 0
    ? null
    : html`<table class="bars"><colgroup><col><col><col></colgroup><thead><tr><th scope="col" colspan="2">${what}</th><th scope="col" class="number">${number}</th></tr></thead><tbody>
${rows.map(
  ({ label, picture, count, beside }) =>
    html`<tr><th scope="row">${label}</th><td>${picture}${beside === undefined ? null : html`<span class="hint">${beside}</span>`}</td><td class="number">${grouped(count)}</td></tr>`,
)}
</tbody></table>`
}</section>`;
}

/** A bar beside others, of which the longest stands for `most`. */
function bar(count: number, most: number): Html {
  return html`<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="rail" width="100" height="8"/><rect width="${width(count, most)}" height="8"/></svg>`;
}

/** The length of a bar in percent. One that stands for anything at all is seen. */
function width(count: number, most: number): number {
  return count === 0 ? 0 : Math.max(1, Math.round((count / most) * 100));
}

/** All pictures of a report. */
export function pictures(report: Report): Html {
  const { ages, toDecide, toDelete } = report;
  return html`${overTime(report)}
${figure('Open cases by age', openWords(report), ['Open for', 'Cases'], byBand(ages))}
${figure('From detection to decision', tookSentence('decided', toDecide.medianDays), TOOK, byBand(toDecide.bands))}
${figure('From decision to deletion', tookSentence('deleted', toDelete.medianDays), TOOK, byBand(toDelete.bands))}
${byOwner(report)}`;
}

const TOOK = ['It took', 'Cases'] as const;

/** The bands from the first to the last that has a case. */
function byBand(banded: Banded): Row[] {
  const most = Math.max(1, ...Object.values(banded));
  const filled = BANDS.map((band) => banded[band] > 0);
  return BANDS.slice(Math.max(0, filled.indexOf(true)), filled.lastIndexOf(true) + 1).map((band) => ({
    label: BAND[band],
    picture: bar(banded[band], most),
    count: banded[band],
  }));
}

function openWords({ totals }: Pick<Report, 'totals'>): string {
  const { openCases } = totals;
  return openCases === 0
    ? 'No case is open.'
    : `${grouped(openCases)} ${openCases === 1 ? 'case is' : 'cases are'} open.`;
}

function byOwner({ owners, others }: Report): Html {
  const more =
    others === 0 ? '' : ` ${grouped(others)} more ${others === 1 ? 'owner has' : 'owners have'} less to do.`;
  const most = Math.max(1, ...owners.map((one) => one.more));
  const rows = owners.map((one) => ({
    label: one.owner === null ? 'no owner by tag' : html`<bdi>${inFull(one.owner)}</bdi>`,
    picture: bar(one.more, most),
    count: one.more,
    beside: besideOwner(one),
  }));
  const hint = `Users with more than one active key; the owners with most to do first.${more}`;
  return figure('By owner', hint, ['Owner by tag', 'Users'], rows);
}

function besideOwner({ users, unknown, openCases }: OwnerCounts): string {
  return [
    `${grouped(users)} ${users === 1 ? 'user' : 'users'}`,
    ...(openCases === 0 ? [] : [`${grouped(openCases)} open ${openCases === 1 ? 'case' : 'cases'}`]),
    ...(unknown === 0 ? [] : [`${grouped(unknown)} could not be checked`]),
  ].join(', ');
}

/** In the order in which they matter. */
const LINES = ['more', 'unknown', 'one', 'none'] as const;

/** The numbers of users by active keys over the days, a line for each with a scale of its own: most users have one key. */
function overTime({ points }: Report): Html {
  const [first, last] = [points.at(0), points.at(-1)];
  if (first === undefined || last === undefined) {
    return html``;
  }
  const since =
    points.length === 1
      ? 'This is the first day; from the second on, lines show how the numbers change.'
      : `From ${day(first.at)} to ${day(last.at)}. Each line has a scale of its own, from zero.`;
  const rows = LINES.map((line) => ({
    label: COUNT[line],
    picture: sparkline(points, line),
    count: last[line],
    ...(points.length === 1 ? {} : { beside: pastWords(points, line) }),
  }));
  return figure('Users by active keys over time', since, ['Users with', 'Now'], rows);
}

function pastWords(points: readonly Point[], line: (typeof LINES)[number]): string {
  const counts = points.map((one) => one[line]);
  return `${grouped(counts[0] ?? 0)} at first, ${grouped(Math.max(...counts))} at most`;
}

const HEIGHT = 24;

/** The numbers over the days as an area from zero, so that it is seen even where it is flat, or only one day. */
function sparkline(points: readonly Point[], line: (typeof LINES)[number]): Html {
  const most = Math.max(1, ...points.map((one) => one[line]));
  const [from, to] = [points.at(0), points.at(-1)].map((one) => Date.parse(one?.at ?? '')) as [
    number,
    number,
  ];
  const along = points.map(({ at }) => round(((Date.parse(at) - from) / Math.max(1, to - from)) * 100));
  const up = points.map((one) => round(HEIGHT - (one[line] / most) * (HEIGHT - 1)));
  const corners = along.map((x, n) => `${x},${up[n]}`).join(' ');
  return html`<svg class="line" viewBox="0 0 100 ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true"><polygon points="0,${HEIGHT} ${corners} 100,${up.at(-1)} 100,${HEIGHT}"/></svg>`;
}

const round = (place: number) => Math.round(place * 10) / 10;
