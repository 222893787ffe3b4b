import type { Told } from '../told.ts';
import type { TrueKey } from '../truth.ts';
import type { StoredDecision } from './records.ts';

/**
 * The keys that IAM must show for a user whose keys are deactivated and not deleted yet, by what the persons of the story decided.
 * Without a decision they are as they were.
 */
export function expectedKeys({ before, decisions, restored }: Told): TrueKey[] {
  const last = decisions.at(-1);
  if (last === undefined) {
    return [...before];
  }
  const { keep, off, spare = [] } = last;
  const status = (id: string) => (off.includes(id) && !restored.includes(id) ? 'Inactive' : 'Active');
  return [...(keep === null ? [] : [keep]), ...spare, ...off].map((id) => ({ id, status: status(id) }));
}

const text = (keys: readonly TrueKey[]): string =>
  keys
    .map(({ id, status }) => `..${id.slice(-4)} ${status}`)
    .sort()
    .join(', ');

/** A decision as a text to compare. */
function inWords({ by, keep, deactivate, spare = [] }: StoredDecision): string {
  const left = spare.length === 0 ? '' : `, leave ${[...spare].sort().join()}`;
  return `${by}: keep ${keep}${left}, off ${[...deactivate].sort().join()}`;
}

/**
 * Contradictions about one old user between what people decided, the decision records in Solekey's table, and the keys in IAM: a
 * sentence each.
 */
export function differences(
  told: Told,
  records: readonly StoredDecision[],
  keys: readonly TrueKey[],
): string[] {
  const wanted = told.decisions.map(({ off, ...one }) => inWords({ ...one, deactivate: off }));
  const stored = records.map(inWords);
  const [right, now] = [text(expectedKeys(told)), text(keys)];
  return [
    ...(wanted.join('; ') === stored.join('; ')
      ? []
      : [`${told.userName}: decided was "${wanted.join('; ')}", on record is "${stored.join('; ')}"`]),
    ...(right === now ? [] : [`${told.userName}: IAM should have ${right}, and has ${now}`]),
  ];
}
