/**
 * The words in which the histories of situations.md are written. A history says only what its prose says; what the prose
 * leaves open is drawn when a history is generated (generate.ts).
 */

export type Kind = 'ordinary' | 'adversarial';
export type Right = 'keep newer' | 'keep older' | 'ask the owner';

/**
 * One key: its age, its last use according to IAM, then what CloudTrail shows, each as one text.
 *
 * - last use: `never`, `unread`, `6d` (with the service and Region of the first family) or `6d ce us-east-1`
 * - a family: `agent source services regions first..last`, then `n=` sampled events, `e=` percent of errors, `ro` if it
 *   only reads. Without `first` it is open. A source, service or Region that the prose leaves open is `?`; `*31` stands
 *   for 31 of them. `ec2:71` is a service with its share in percent. `maybe ` before it: the prose does not say if
 *   CloudTrail shows it.
 * - `lookup:throttled`, `lookup:denied`: what became of the lookup
 * - `back:1d`: the samples cover so much without a gap
 * - `tag:text`: its description
 */
export type KeySpec = readonly [age: string, lastUse: string, ...more: string[]];

export interface Situation {
  readonly number: number;
  readonly kind: Kind;
  readonly right: Right;
  readonly older: KeySpec;
  readonly newer: KeySpec;
  /** Tags of the user. */
  readonly tags: Readonly<Record<string, string>>;
}

const as =
  (kind: Kind, right: Right) =>
  (number: number, older: KeySpec, newer: KeySpec, tags: Situation['tags'] = {}): Situation => ({
    number,
    kind,
    right,
    older,
    newer,
    tags,
  });

/** The older key comes first in each. */
export const keepNewer = as('ordinary', 'keep newer');
export const keepOlder = as('ordinary', 'keep older');
export const ask = as('ordinary', 'ask the owner');
export const trapKeepNewer = as('adversarial', 'keep newer');
export const trapKeepOlder = as('adversarial', 'keep older');
export const trapAsk = as('adversarial', 'ask the owner');

// Networks of the prose.
export const A = '192.0.2.0/24';
export const B = '198.51.100.0/24';
export const C = '203.0.113.0/24';
