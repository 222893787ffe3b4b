import { html } from 'hono/html';
import type { DecisionRequest } from '../core/case/requests.ts';
import { type ObservedKey, shortKey } from '../core/model/observation.ts';
import type { Instant } from '../core/model/time.ts';
import type { Zone } from '../core/model/zone.ts';
import type { CaseView } from '../core/page/case-view.ts';
import { type Advice, advised } from '../core/proposal/advice.ts';
import { ADVISED, type LastColumn, lastColumn } from '../core/words/advice.ts';
import { STATUS } from '../core/words/status.ts';
import { day, fromNow, lastUse, moment, momentFromNow } from '../core/words/words.ts';
import { type Html, unbroken } from './layout.ts';
import { mayAskFirst } from './next.ts';

/** A longer name may be broken anywhere, because its column would otherwise be wider than the page. */
const LONG = 40;

/** On a phone the title is shown before each cell, followed by a colon. */
const LAST_COLUMN: Readonly<Record<LastColumn, string>> = {
  proposal: 'Proposal',
  keep: 'Keep',
  next: 'What happens next',
};

/** All keys of the user, including those that this case does not concern. On a phone each row is a block of its own. */
export function keyTable(view: CaseView, advice: Advice, now: Instant, zone: Zone): Html {
  const subject = lastColumn(advice);
  const last = subject === null ? null : LAST_COLUMN[subject];
  const rows = view.current.keys.map(
    (key) => html`<tr role="row">
<th scope="row" role="rowheader"><span class="key">${shortKey(key.id)}</span></th>
<td role="cell" data-label="Status">${STATUS[key.status]}</td>
<td role="cell" data-label="Created">${day(key.created)} (${fromNow(key.created, now)})${createdBy(view, key.id)}</td>
<td role="cell" data-label="Last used">${unbroken(lastUse(key.lastUsed, key.created, now, zone))}</td>
${last === null ? null : html`<td role="cell" data-label="${last}">${nextFor(view, key, advice, now, zone)}</td>`}
</tr>`,
  );
  const head = ['Key', 'Status', 'Created', 'Last used', ...(last === null ? [] : [last])];
  return html`<section><h2>The keys</h2>
<table role="table" class="keys">
<thead role="rowgroup"><tr role="row">${head.map((title) => html`<th scope="col" role="columnheader">${title}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows}</tbody>
</table>
<p class="hint">Statuses and last uses as seen in IAM on ${moment(view.current.keysSeenAt, zone)}. IAM reports a use with a delay of minutes to hours.</p>
</section>`;
}

function createdBy(view: CaseView, keyId: string): Html | null {
  const origin = view.current.origins[keyId];
  if (origin === undefined) {
    return null;
  }
  const { createdBy: by } = origin;
  return html` <span class="${by.length > LONG ? 'by long' : 'by'}">by ${by}</span>`;
}

/** The proposal for a key, or what happens to it next, in a few words. */
function nextFor(view: CaseView, key: ObservedKey, advice: Advice, now: Instant, zone: Zone): string {
  const progress = view.current.progress[key.id];
  if (progress?.restoring !== undefined) {
    return REACTIVATING;
  }
  if (progress?.deleting !== undefined) {
    return 'is being deleted';
  }
  const asked = view.decided?.by == null ? null : asAsked(view, view.decided.ask, key);
  if (asked !== null) {
    return asked;
  }
  if (view.pending.includes(key.id)) {
    return pendingWords(view, key.id, now, zone);
  }
  return key.status === 'Active' ? ADVISED[advised(key.id, advice)] : 'not changed by Solekey';
}

const REACTIVATING = 'is being reactivated';

/** The answer's effect on a key in a few words; null if it has none. */
function asAsked(view: CaseView, ask: DecisionRequest['ask'], { id, status }: ObservedKey): string | null {
  switch (ask.kind) {
    case 'restore':
      return ask.keys.includes(id) ? REACTIVATING : null;
    case 'keep':
      if (ask.keep === id) {
        return 'stays active';
      }
      return ask.off.includes(id) ? afterKeep(view, status === 'Active') : null;
    case 'none':
      return ask.off.includes(id) ? afterKeep(view, status === 'Active') : null;
    case 'not-now':
      if (ask.spare.includes(id)) {
        return `stays active until ${day(ask.until)}`;
      }
      return ask.off.includes(id) ? afterKeep(view, status === 'Active') : null;
    case 'keep-inactive':
      return ask.keys.includes(id) ? `stays inactive until ${day(ask.until)} at least` : null;
    case 'confirm': {
      const when = view.paused
        ? 'deleted as soon as Solekey is no longer paused'
        : view.opens !== null
          ? 'deleted when the change window opens'
          : 'to be deleted, as confirmed';
      return ask.keys.includes(id) ? when : null;
    }
  }
}

function afterKeep({ paused, opens, deletion, current }: CaseView, active: boolean): string {
  if (active && paused) {
    return 'deactivated as soon as Solekey is no longer paused';
  }
  if (active) {
    if (opens !== null) {
      return 'deactivated when the change window opens';
    }
    return current.decision?.heldUp?.since == null ? 'is being deactivated' : 'waits to be deactivated';
  }
  return deletion === 'after-grace' ? 'stays inactive, then is deleted' : 'stays inactive';
}

function pendingWords(view: CaseView, keyId: string, now: Instant, zone: Zone): string {
  if (view.confirmable.includes(keyId)) {
    return 'deactivated by Solekey, deleted only if someone confirms it';
  }
  const end = view.deletion === 'after-grace' && view.current.decision !== null ? view.undoUntil : null;
  if (end === null || !view.restorable.some((key) => key.id === keyId)) {
    return 'deactivated by Solekey';
  }
  if (view.paused) {
    return 'deactivated by Solekey; not deleted while Solekey is paused';
  }
  const when = momentFromNow(end, now, zone);
  return mayAskFirst(view)
    ? `deactivated by Solekey, to be deleted on ${when} unless needed`
    : `deactivated by Solekey, deleted permanently on ${when}`;
}
