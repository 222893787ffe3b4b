import type { LastWord } from './cases.ts';
import type { KeyChange } from './changes.ts';
import type { Outcome } from './outcome.ts';
import type { Told } from './told.ts';
import type { TrueKey, TrueUser } from './truth.ts';

/** The record of one user in story.json. */
export interface UserRecord {
  readonly account: string;
  readonly userName: string;
  readonly before: readonly TrueKey[];
  /** `keep` is null if the decision keeps no key. */
  readonly decision: { readonly keep: string | null; readonly by: string; readonly at: string } | null;
  readonly after: readonly TrueKey[];
  readonly outcome: Outcome;
}

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  remediated: 'remediated',
  'by-owner': 'settled-by-owner',
  // Other programs read the outcomes of the story, which know no finer ones.
  'by-restore': 'settled-by-owner',
  'user-gone': 'user-deleted',
  excluded: 'excluded',
  exception: 'exception',
};

/** The outcome that Solekey reports. A case that is not closed counts as held. */
export function outcomeOf(word: LastWord | undefined): Outcome {
  return OUTCOMES[word?.closedAs ?? word?.phase ?? ''] ?? 'held';
}

/** Everything known about one user, from independent sources. */
export interface Evidence {
  readonly told: Told;
  readonly outcome: Outcome;
  /** The user as stored in IAM now; undefined if there is none. */
  readonly user: TrueUser | undefined;
  /** The changes that Solekey made to the user's keys. */
  readonly changes: readonly KeyChange[];
  /** Number of mails about the user. */
  readonly mails: number;
  /** How AWS Config's result for the user differs from IAM; undefined if it agrees. */
  readonly view: string | undefined;
}

/**
 * Contradictions between the reported outcome and IAM, one sentence each; empty if everything is as decided. The
 * decisions are those the persons of the story made, not those the product recorded.
 */
export function contradictions(evidence: Evidence): string[] {
  const { told, outcome, user, changes, view } = evidence;
  const found = unasked(told, changes).map(
    ({ kind, keyId }) => `${keyId} is ${kind}, and nobody decided that`,
  );
  if (outcome === 'user-deleted' ? user !== undefined : user === undefined) {
    found.push(user === undefined ? 'the user is gone' : 'the user is still there');
  }
  if (view !== undefined) {
    found.push(view);
  }
  return [...found, ...(AGAINST[outcome]?.(evidence) ?? [])];
}

const activeKeys = (user: TrueUser | undefined): string[] =>
  (user?.keys ?? []).filter(({ status }) => status === 'Active').map(({ id }) => id);

/** Contradictions of an outcome, for outcomes that imply something about keys. */
const AGAINST: Partial<Record<Outcome, (evidence: Evidence) => string[]>> = {
  remediated({ told, user }) {
    const decision = told.decisions.at(-1);
    if (decision === undefined) {
      return ['nobody decided anything'];
    }
    const active = activeKeys(user);
    const wrong =
      active.join() === (decision.keep ?? '')
        ? []
        : [`active are ${active.join(', ') || 'none'}, not ${decision.keep ?? 'none'}`];
    const left = (user?.keys ?? []).filter(({ id }) => decision.off.includes(id));
    return [...wrong, ...left.map(({ id }) => `${id} was to be deleted and is still there`)];
  },
  'settled-by-owner'({ user, changes }) {
    const active = activeKeys(user);
    const deleted = changes.filter(({ kind }) => kind === 'deleted');
    return [
      ...(active.length === 1 ? [] : [`${active.length} keys are active`]),
      ...deleted.map(({ keyId }) => `the owner resolved it, but Solekey deleted ${keyId}`),
    ];
  },
  excluded({ told, user, changes, mails }) {
    const now = JSON.stringify(user?.keys);
    return [
      ...(now === JSON.stringify(told.before) ? [] : [`the keys of an excluded user changed: ${now}`]),
      ...changes.map(({ keyId, kind }) => `Solekey turned ${keyId} ${kind}`),
      ...(mails === 0 && told.decisions.length === 0 ? [] : ['someone was asked about an excluded user']),
    ];
  },
};

/** Key changes that no accepted decision or restore asked for. */
export function unasked(
  { decisions, restored }: Pick<Told, 'decisions' | 'restored'>,
  changes: readonly KeyChange[],
): KeyChange[] {
  const off = decisions.flatMap((decision) => decision.off);
  return changes.filter(({ kind, keyId }) => !(kind === 'on' ? restored : off).includes(keyId));
}
