import { html } from 'hono/html';
import { BANDS, type Banded } from '../../core/validation/bands.ts';
import type { OwnerCounts, Point, Report } from '../../core/validation/report.ts';
import { BAND, COUNT, tookSentence } from '../../core/validation/words.ts';
import { inFull } from '../../core/words/owners.ts';
import { day, grouped } from '../../core/words/words.ts';
import type { Html } from '../layout.ts';

/** A row of a picture: a name, a number, and the length of its bar. */
interface Bar {
  readonly label: string | Html;
  readonly count: number;
  /** Text beside the number; null if there is none. */
  readonly beside?: string;
}

/**
 * Numbers as a table with bars: the bars are pictures for the eye, and the table says the same to everybody else. Every length is
 * an attribute, because the pages admit no style of their own.
 */
function bars(caption: string, head: readonly [string, string], rows: readonly Bar[], hint: string): Html {
  const most = Math.max(1, ...rows.map(({ count }) => count));
  return html`<section><h2>${caption}</h2>
<p>${hint}</p>
<table class="bars"><thead><tr><th scope="col">${head[0]}</th><th scope="col">${head[1]}</th></tr></thead><tbody>
${rows.map(
  ({ label, count, beside }) => html`<tr><th scope="row">${label}</th><td>
<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="rail" width="100" height="8"/><rect width="${width(count, most)}" height="8"/></svg>
${grouped(count)}${beside === undefined ? null : html` <span class="hint">${beside}</span>`}</td></tr>`,
)}
</tbody></table></section>`;
}

/** The length of a bar in percent. One that stands for anything at all is seen. */
function width(count: number, most: number): number {
  return count === 0 ? 0 : Math.max(1, Math.round((count / most) * 100));
}

/** All pictures of a report. */
export function pictures(report: Report): Html {
  const { ages, toDecide, toDelete, owners, others } = report;
  return html`${overTime(report)}
${bars('Open cases by age', ['Open for', 'Cases'], byBand(ages), openWords(report))}
${bars('From detection to decision', ['Took', 'Cases'], byBand(toDecide.bands), tookSentence('decided', toDecide.medianDays))}
${bars('From decision to deletion', ['Took', 'Cases'], byBand(toDelete.bands), tookSentence('deleted', toDelete.medianDays))}
${bars('By owner', ['Owner by tag', 'Users'], owners.map(byOwner), ownersWords(others))}`;
}

function byBand(banded: Banded): Bar[] {
  return BANDS.map((band) => ({ label: BAND[band], count: banded[band] }));
}

function openWords({ totals }: Pick<Report, 'totals'>): string {
  const { openCases } = totals;
  return openCases === 0
    ? 'No case is open.'
    : `${grouped(openCases)} ${openCases === 1 ? 'case is' : 'cases are'} open, since their detection.`;
}

function ownersWords(others: number): string {
  const more =
    others === 0 ? '' : ` ${grouped(others)} more ${others === 1 ? 'owner has' : 'owners have'} less to do.`;
  return `Those with most to do first.${more} Tags can be written by whoever manages the users.`;
}

function byOwner({ owner, users, more, unknown, openCases }: OwnerCounts): Bar {
  const parts = [
    [more, 'with more than one active key'],
    [unknown, 'could not be checked'],
    [openCases, openCases === 1 ? 'open case' : 'open cases'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, words]) => `${grouped(count)} ${words}`);
  return {
    label: owner === null ? 'no owner by tag' : html`<bdi>${inFull(owner)}</bdi>`,
    count: users,
    ...(said.length === 0 ? {} : { beside: said.join(', ') }),
  };
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
  return html`<section><h2>Users by active keys over time</h2>
<p>${since}</p>
<table class="bars"><thead><tr><th scope="col">Users with</th><th scope="col">Over time, and now</th></tr></thead><tbody>
${LINES.map(
  (line) => html`<tr><th scope="row">${COUNT[line]}</th><td>${sparkline(points, line)}
${grouped(last[line])} <span class="hint">${points.length === 1 ? null : `${grouped(first[line])} at first, ${grouped(Math.max(...points.map((one) => one[line])))} at most`}</span></td></tr>`,
)}
</tbody></table></section>`;
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
