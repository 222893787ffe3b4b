import { html } from 'hono/html';
import { type KeyStatus, type ObservedKey, shortKey } from '../core/model/observation.ts';
import type { Instant } from '../core/model/time.ts';
import type { CaseView } from '../core/page/case-view.ts';
import { day, fromNow, lastUse, moment } from '../core/words/words.ts';
import { type Html, unbroken } from './layout.ts';
import type { Advice } from './proposal.ts';

const STATUS: Record<KeyStatus, string> = { Active: 'active', Inactive: 'off', Expired: 'expired' };

/** A name longer than this may be broken anywhere: its column would be wider than the page. */
const LONG = 40;

/** All keys of the user, those included that are none of our business. On a phone each row is a block of its own. */
export function keyTable(view: CaseView, advice: Advice, now: Instant): Html {
  const last = heading(advice);
  const rows = view.current.keys.map(
    (key) => html`<tr role="row">
<th scope="row" role="rowheader"><span class="key">${shortKey(key.id)}</span></th>
<td role="cell" data-label="Status">${STATUS[key.status]}</td>
<td role="cell" data-label="Created">${day(key.created)} (${fromNow(key.created, now)})${createdBy(view, key.id)}</td>
<td role="cell" data-label="Last used">${unbroken(lastUse(key.lastUsed, key.created, now))}</td>
<td role="cell" data-label="${last.replace('?', '')}">${nextFor(view, key, advice, now)}</td>
</tr>`,
  );
  const head = ['Key', 'Status', 'Created', 'Last used', last];
  return html`<section><h2>The keys</h2>
<table role="table" class="keys">
<thead role="rowgroup"><tr role="row">${head.map((title) => html`<th scope="col" role="columnheader">${title}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows}</tbody>
</table>
<p class="hint">As seen in IAM on ${moment(view.current.keysSeenAt)}. IAM reports a use with a delay of minutes to hours.</p>
</section>`;
}

function heading({ proposal, doubt }: Advice): string {
  if (proposal !== null) {
    return 'Proposal';
  }
  return doubt === null ? 'What comes next' : 'Keep it?';
}

function createdBy(view: CaseView, keyId: string): Html | null {
  const origin = view.current.origins[keyId];
  if (origin === undefined) {
    return null;
  }
  const { createdBy: by } = origin;
  return html` <span class="${by.length > LONG ? 'by long' : 'by'}">by ${by}</span>`;
}

/** What is proposed for a key, or what comes next for it, in a few words. */
function nextFor(view: CaseView, key: ObservedKey, advice: Advice, now: Instant): string {
  const progress = view.current.progress[key.id];
  if (progress?.restoring !== undefined) {
    return 'is being switched on again';
  }
  if (progress?.deleting !== undefined) {
    return 'is being deleted';
  }
  const decided = view.decided?.by == null ? null : view.decided.ask;
  if (decided?.kind === 'restore' && decided.keys.includes(key.id)) {
    return 'is being switched on again';
  }
  if (decided?.kind === 'keep' && decided.keep === key.id) {
    return 'stays';
  }
  if (decided?.kind === 'keep' && decided.off.includes(key.id)) {
    if (key.status === 'Active') {
      return view.paused ? 'goes off when the pause is over' : 'is being switched off';
    }
    return view.deletion === 'after-grace' ? 'stays off, to be deleted' : 'stays off';
  }
  if (decided?.kind === 'confirm' && decided.keys.includes(key.id)) {
    return view.paused ? 'deleted when the pause is over' : 'to be deleted, as confirmed';
  }
  if (view.pending.includes(key.id)) {
    return pendingWords(view, key.id, now);
  }
  if (key.status !== 'Active') {
    return 'off without us, left as it is';
  }
  return advised(key.id, advice);
}

function advised(keyId: string, { proposal, doubt }: Advice): string {
  if (proposal !== null) {
    return proposal.keep === keyId ? 'keep' : 'switch off';
  }
  if (doubt === null) {
    return 'stays';
  }
  if (doubt.ifMeant === keyId) {
    return 'if it was meant';
  }
  return doubt.ifNot === keyId ? 'if not' : 'no';
}

function pendingWords(view: CaseView, keyId: string, now: Instant): string {
  if (view.confirmable.includes(keyId)) {
    return 'switched off by us, deleted if you confirm it';
  }
  const end = view.deletion === 'after-grace' && view.current.decision !== null ? view.undoUntil : null;
  if (end === null || !view.restorable.some((key) => key.id === keyId)) {
    return 'switched off by us';
  }
  return view.paused
    ? 'switched off by us; its deletion waits for the end of the pause'
    : `switched off by us, to be deleted on ${moment(end)} (${fromNow(end, now)})`;
}
