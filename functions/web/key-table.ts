import { html } from 'hono/html';
import type { CaseView } from '../core/case-view.ts';
import { type KeyStatus, type ObservedKey, shortKey } from '../core/model.ts';
import type { Proposal } from '../core/proposal.ts';
import type { Instant } from '../core/time.ts';
import { day, fromNow, lastUse, moment } from '../core/words.ts';
import type { Html } from './layout.ts';

const STATUS: Record<KeyStatus, string> = { Active: 'active', Inactive: 'off', Expired: 'expired' };

/** All keys of the user, those included that are none of our business. */
export function keyTable(view: CaseView, proposal: Proposal | null, now: Instant): Html {
  const rows = view.known.keys.map(
    (key) => html`<tr>
<th scope="row"><span class="key">${shortKey(key.id)}</span></th>
<td>${STATUS[key.status]}</td>
<td>${day(key.created)} (${fromNow(key.created, now)})${createdBy(view, key.id)}</td>
<td>${lastUse(key.lastUsed, key.created, now)}</td>
<td>${nextFor(view, key, proposal, now)}</td>
</tr>`,
  );
  return html`<section><h2>The keys</h2>
<div class="wide" role="region" aria-label="The keys" tabindex="0"><table>
<thead><tr>
<th scope="col">Key</th><th scope="col">Status</th><th scope="col">Created</th><th scope="col">Last used</th>
<th scope="col">${proposal === null ? 'What comes next' : 'Proposal'}</th>
</tr></thead>
<tbody>${rows}</tbody>
</table></div>
<p class="hint">As seen in IAM on ${moment(view.known.keysSeenAt)}. IAM reports a use with a delay of minutes to hours.</p>
</section>`;
}

function createdBy(view: CaseView, keyId: string): string {
  const origin = view.known.origins[keyId];
  return origin === undefined ? '' : `, by ${origin.createdBy}`;
}

/** What is proposed for a key, or what comes next for it, in a few words. */
function nextFor(view: CaseView, key: ObservedKey, proposal: Proposal | null, now: Instant): string {
  const progress = view.known.progress[key.id];
  if (progress?.restoring !== undefined) return 'is being switched on again';
  if (progress?.deleting !== undefined) return 'is being deleted';
  const decided = view.decided?.by == null ? null : view.decided.ask;
  if (decided?.kind === 'restore' && decided.keys.includes(key.id)) return 'is being switched on again';
  if (decided?.kind === 'keep' && decided.keep === key.id) return 'stays';
  if (decided?.kind === 'keep' && decided.off.includes(key.id)) {
    if (key.status === 'Active') return 'is being switched off';
    return view.deletion === 'after-grace' ? 'stays off, to be deleted' : 'stays off';
  }
  if (decided?.kind === 'confirm' && decided.keys.includes(key.id)) return 'to be deleted, as confirmed';
  if (view.pending.includes(key.id)) return pendingWords(view, key.id, now);
  if (key.status !== 'Active') return 'off without us, left as it is';
  if (proposal === null) return 'stays';
  return proposal.keep === key.id ? 'keep' : 'switch off';
}

function pendingWords(view: CaseView, keyId: string, now: Instant): string {
  const until = view.restorable.find((key) => key.id === keyId)?.until ?? null;
  if (view.confirmable.includes(keyId)) return 'switched off by us, deleted if you confirm it';
  if (until === null) return 'switched off by us';
  return `switched off by us, to be deleted on ${moment(until)} (${fromNow(until, now)})`;
}
