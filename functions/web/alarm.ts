import { html } from 'hono/html';
import { unexpectedCreators } from '../core/case/unexpected-creators.ts';
import { activeKeys } from '../core/model/compliance.ts';
import { shortKey } from '../core/model/observation.ts';
import type { Policy } from '../core/model/policy.ts';
import type { CaseView } from '../core/page/case-view.ts';
import { list } from '../core/words/words.ts';
import type { Html } from './layout.ts';

/** Who made a key although nobody expects that, and what to do first; null where nobody did, or nothing is asked. */
export function alarm({ state, current }: CaseView, policy: Policy): Html | null {
  const made = Object.entries(unexpectedCreators(current, policy));
  if (made.length === 0 || !['question', 'observing', 'excluded'].includes(state)) {
    return null;
  }
  const facts = list(made.map(([id, by]) => `${shortKey(id)} was made by ${by}`));
  const by = list([...new Set(made.map(([, one]) => one))]);
  return html`<div class="box bad"><p><strong>Urgent: somebody made a key whom nobody expects to make keys for this user.</strong></p>
<p>${facts}. First ask whoever works as ${by} whether that was meant. If nobody can say so, ${firstStep(current, made.length)}</p></div>`;
}

/** One key has to stay, even if strangers made them all. */
function firstStep({ keys }: CaseView['current'], strange: number): string {
  return activeKeys(keys).length === strange
    ? 'the owner needs a new key, and none of these should stay for long.'
    : `do not keep ${strange === 1 ? 'that key' : 'those keys'}.`;
}
