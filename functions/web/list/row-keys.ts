import { html } from 'hono/html';
import { type ObservedKey, shortKey } from '../../core/model/observation.ts';
import type { CaseView } from '../../core/page/case-view.ts';
import { usageOf } from '../../core/proposal/context.ts';
import { keyUse } from '../../core/words/key-use.ts';
import { STATUS } from '../../core/words/status.ts';
import { PAGE } from '../../core/words/style.ts';
import { usageInShort } from '../../core/words/usage.ts';
import { day, printable } from '../../core/words/words.ts';
import type { Html } from '../layout.ts';
import type { Setting } from '../reply.ts';

/** Longest creator that a row names in full; the page of the case has all of it. */
const LONGEST = 40;

/** A row opened to its keys, a line each: creation, last use, and usage as far as CloudTrail tells; null without keys. */
export function rowKeys(view: CaseView, setting: Setting): Html | null {
  const { keys } = view.current;
  return keys.length === 0
    ? null
    : html`<details><summary>Keys</summary><ul>${keys.map((key) => html`<li>${keyLine(view, key, setting)}</li>`)}</ul></details>`;
}

/** `…MPLE: created 24 Sep 2026 by user/ci-deploy; used today at 14:10 UTC by GitHub Actions (S3, eu-west-1)`. */
function keyLine(
  { current, evidence: { usage } }: CaseView,
  key: ObservedKey,
  { policy, now }: Setting,
): string {
  const { zone } = policy.digest;
  const status = key.status === 'Active' ? '' : `${STATUS[key.status]}, `;
  const origin = current.origins[key.id];
  const by = origin === undefined ? '' : ` by ${printable(origin.createdBy, LONGEST)}`;
  const found = usage === undefined ? undefined : usageOf(usage, key.id);
  // A key that was not looked up, or not seen, is said to be that: it is never "unused".
  const unseen = found?.families.length === 0 ? `; in CloudTrail ${usageInShort(found, now, zone)}` : '';
  return `${shortKey(key.id)}: ${status}created ${day(key.created)}${by}; ${keyUse(key, found, now, zone, PAGE)}${unseen}`;
}
