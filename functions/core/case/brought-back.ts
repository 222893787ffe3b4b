import { activeKeys } from '../model/compliance.ts';
import type { AskedAgain, Case } from './case.ts';

/** Keys that were off as decided and are active again, each with how: a person asked us to, or somebody did it in IAM. */
export type BroughtBack = Readonly<Record<string, 'on-request' | 'by-hand'>>;

/** How a key came back, where that is why people are asked anew. */
const HOW = {
  'keys-changed': null,
  reactivated: 'by-hand',
  restored: 'on-request',
  'in-use': null,
  'kept-key-gone': null,
  'decision-expired': null,
  'approver-removed': null,
  'exclusion-ended': null,
} as const satisfies Record<AskedAgain['code'], BroughtBack[string] | null>;

type AskedCase = Pick<Case, 'askedAgain' | 'keys' | 'former'>;

/** The keys whose coming back is why people are asked anew; none where something else is. */
export function broughtBack({ askedAgain, keys, former }: AskedCase): BroughtBack {
  const how = askedAgain === null ? null : HOW[askedAgain.code];
  if (askedAgain === null || how === null) {
    return {};
  }
  const active = activeKeys(keys).map(({ id }) => id);
  const back =
    'keyId' in askedAgain ? active.filter((id) => id === askedAgain.keyId) : offBefore(active, former);
  return Object.fromEntries(back.map((id) => [id, how]));
}

/** Which of these keys were off in the facts just before, as far back as any of them was. */
function offBefore(active: readonly string[], former: Case['former']): string[] {
  const found = new Set<string>();
  for (const { keys } of [...former].reverse()) {
    const off = keys.filter(({ id, status }) => status === 'Inactive' && active.includes(id));
    if (off.length === 0) {
      break;
    }
    for (const { id } of off) {
      found.add(id);
    }
  }
  return active.filter((id) => found.has(id));
}
