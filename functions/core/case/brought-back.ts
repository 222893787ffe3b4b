import { activeKeys } from '../model/compliance.ts';
import type { Case } from './case.ts';

/** Keys that were off as decided and are active again, each with how: a person asked us to, or somebody did it in IAM. */
export type BroughtBack = Readonly<Record<string, 'on-request' | 'by-hand'>>;

type AskedCase = Pick<Case, 'askedAgain' | 'keys' | 'former'>;

/** The keys whose coming back is why people are asked anew; none where something else is. */
export function broughtBack({ askedAgain, keys, former }: AskedCase): BroughtBack {
  const active = activeKeys(keys).map(({ id }) => id);
  if (askedAgain?.code === 'reactivated') {
    return Object.fromEntries(active.filter((id) => id === askedAgain.keyId).map((id) => [id, 'by-hand']));
  }
  if (askedAgain?.code !== 'restored') {
    return {};
  }
  return Object.fromEntries(offBefore(active, former).map((id) => [id, 'on-request']));
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
