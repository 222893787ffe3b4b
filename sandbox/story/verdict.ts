import type { Outcome } from './chapter.ts';
import type { KeyChange } from './changes.ts';
import type { Told } from './scene.ts';
import type { TrueKey, TrueUser } from './truth.ts';

/** The record of one user in story.json. */
export interface UserRecord {
  readonly account: string;
  readonly userName: string;
  readonly before: readonly TrueKey[];
  readonly decision: { readonly keep: string; readonly by: string; readonly at: string } | null;
  readonly after: readonly TrueKey[];
  readonly outcome: Outcome;
}

/** What Solekey said at last about a user in the notices of its data topic. */
export interface LastWord {
  readonly phase: string;
  readonly closedAs: string | null;
}

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  remediated: 'remediated',
  'by-owner': 'settled-by-owner',
  'user-gone': 'user-deleted',
  excluded: 'excluded',
  exception: 'exception',
};

/** The outcome that Solekey reports; whatever is not over yet counts as held. */
export function outcomeOf(word: LastWord | undefined): Outcome {
  return OUTCOMES[word?.closedAs ?? word?.phase ?? ''] ?? 'held';
}

/**
 * Where the reported outcome and what IAM holds disagree, one sentence each; nothing when all is as it was decided.
 * Who decided what is taken from the persons of the story, not from the product.
 */
export function contradictions(
  told: Told,
  outcome: Outcome,
  user: TrueUser | undefined,
  changes: readonly KeyChange[],
): string[] {
  const active = (user?.keys ?? []).filter(({ status }) => status === 'Active').map(({ id }) => id);
  const decision = told.decisions.at(-1);
  const found = unasked(told, changes).map(
    ({ kind, keyId }) => `${keyId} is ${kind}, and nobody decided that`,
  );
  if (outcome === 'user-deleted' ? user !== undefined : user === undefined) {
    found.push(user === undefined ? 'the user is gone' : 'the user is still there');
  }
  if (outcome === 'remediated') {
    if (decision === undefined) {
      found.push('nobody decided anything');
    }
    if (active.join() !== decision?.keep) {
      found.push(`active are ${active.join(', ') || 'none'}, not ${decision?.keep}`);
    }
    const left = (user?.keys ?? []).filter(({ id }) => decision?.off.includes(id));
    found.push(...left.map(({ id }) => `${id} was to be deleted and is still there`));
  }
  if (outcome === 'settled-by-owner') {
    if (active.length > 1) {
      found.push(`${active.length} keys are active`);
    }
    found.push(
      ...changes.map(({ keyId, kind }) => `the owner settled it, but Solekey turned ${keyId} ${kind}`),
    );
  }
  return found;
}

/** Changes that no accepted decision or restore of a person asked for. */
export function unasked({ decisions, restored }: Told, changes: readonly KeyChange[]): KeyChange[] {
  const off = decisions.flatMap((decision) => decision.off);
  return changes.filter(({ kind, keyId }) => !(kind === 'on' ? restored : off).includes(keyId));
}
