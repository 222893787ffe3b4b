import { html } from 'hono/html';
import type { Case } from '../core/case/case.ts';
import type { Returned } from '../core/case/returned.ts';
import type { Instant } from '../core/model/time.ts';
import type { Zone } from '../core/model/zone.ts';
import { PAGE } from '../core/words/style.ts';
import { momentFromNow } from '../core/words/words.ts';
import type { Html } from './layout.ts';

const RETURNED: Readonly<Record<Returned['how'], (key: string, times: string) => string>> = {
  reactivated: (key, times) => `${key} was reactivated outside Solekey ${times}.`,
  'created-anew': (key, times) =>
    `${key} was created after an earlier key had been removed; that happened ${times}.`,
};

/** The moments of a case in words, as far as the case itself tells; null if nobody was told of it yet. */
export function caseHistory(current: Case, now: Instant, zone: Zone): Html | null {
  const at = (when: Instant) => momentFromNow(when, now, zone);
  const { reopenedAt, toldAt, remindedAt, escalatedAt, returned, restored = {} } = current;
  const lines = [
    ...(reopenedAt === undefined ? [] : [`More than one key was active again on ${at(reopenedAt)}.`]),
    ...(toldAt === null ? [] : [`Approvers were first told of the present question on ${at(toldAt)}.`]),
    ...(remindedAt === null || remindedAt === toldAt
      ? []
      : [`They were last reminded on ${at(remindedAt)}.`]),
    ...(escalatedAt === null ? [] : [`It was escalated on ${at(escalatedAt)}.`]),
    ...(returned === undefined
      ? []
      : [RETURNED[returned.how](PAGE.key(returned.keyId), times(returned.count))]),
    ...Object.entries(restored).map(
      ([id, count]) => `${PAGE.key(id)} was reactivated on request ${times(count)}.`,
    ),
  ];
  return lines.length === 0
    ? null
    : html`<h3>What happened so far</h3>
<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
