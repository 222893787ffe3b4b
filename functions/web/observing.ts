import { html } from 'hono/html';
import type { Found } from '../app/approve/show-case.ts';
import { shortKey } from '../core/model/observation.ts';
import type { Deletion } from '../core/model/policy.ts';
import { inWords, usedWords } from '../core/words/words.ts';
import { type Html, unbroken } from './layout.ts';
import type { Setting } from './reply.ts';

const THEN: Readonly<Record<Deletion, (grace: string, seesWork: boolean) => string>> = {
  'after-grace': (grace, seesWork) =>
    `could be reactivated for ${grace}, and then be deleted permanently.${seesWork ? ' If a key was in use and the kept key was not seen doing its work, someone would be asked first.' : ''}`,
  'on-confirmation': (grace) =>
    `could be reactivated; after ${grace} someone would be asked to confirm their deletion.`,
  never: () => 'could be reactivated, and would not be deleted.',
};

/** The question that this page would ask if Solekey might act, and whom to ask for that; null if there is none. */
export function wouldBeAsked({ view, policy, now }: Setting & Pick<Found, 'view'>): Html | null {
  if (view.active.length < 2) {
    return null;
  }
  const { zone } = policy.digest;
  return html`<section><h2>What you would be asked</h2>
<p>If Solekey had the permission to act here, this page would ask which key to keep:</p>
<ul>${view.active.map((key) => html`<li><span class="key">${shortKey(key.id)}</span>: ${unbroken(usedWords(key, now, zone))}</li>`)}</ul>
<p>The others would be deactivated, ${THEN[policy.deletion](inWords(policy.grace), policy.usage !== null)}</p>
<p>Until then, the owner of this user can deactivate or delete a key in IAM. To have Solekey act, ask whoever runs it in your organisation.</p></section>`;
}
