import { activeKeys } from '../model/compliance.ts';
import type { AskedAgain, Case } from './case.ts';

/**
 * Keys that were deactivated by a decision and are Active again, by how: at a person's request to us, or by hand in
 * IAM.
 */
export type BroughtBack = Readonly<Record<string, 'on-request' | 'by-hand'>>;

/** For each reason to ask again, how keys became Active again; null if that is not the reason. */
const HOW = {
  'keys-changed': null,
  reactivated: 'by-hand',
  restored: 'on-request',
  'in-use': null,
  'kept-key-gone': null,
  'decision-expired': null,
  'approver-removed': null,
  'exclusion-ended': null,
  'exception-ended': null,
  'exception-alarm': null,
} as const satisfies Record<AskedAgain['code'], BroughtBack[string] | null>;

type AskedCase = Pick<Case, 'askedAgain' | 'keys' | 'former'>;

/** The keys whose reactivation is the reason for asking again; empty if the reason is another one. */
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

/** Those of these keys that were Inactive in the former facts, going back as long as any of them was. */
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
