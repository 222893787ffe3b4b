import type { Case } from '../case/case.ts';
import type { ExposedKeys } from '../case/exposure.ts';
import { activeKeys, isViolation } from '../model/compliance.ts';
import type { Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import { type Evidence, proposalContext } from './context.ts';
import { type Doubt, doubt } from './doubt.ts';
import { type Proposal, propose } from './proposal.ts';
import { type Wait, waitFor } from './wait.ts';

/**
 * The advice about a choice: a key to keep, the doubt on which that depends, or to wait, with no verdict on any key.
 * `suspect`: AWS called all keys exposed, so none is proposed. `none`: there is nothing to choose, or nobody to choose.
 */
export type Advice =
  | { readonly kind: 'none' }
  | { readonly kind: 'wait'; readonly wait: Wait }
  | { readonly kind: 'suspect'; readonly exposed: ExposedKeys }
  | { readonly kind: 'doubt'; readonly doubt: Doubt }
  | { readonly kind: 'proposal'; readonly proposal: Proposal };

/** No advice: there is nothing to choose, or nobody to choose. */
export const NO_ADVICE: Advice = { kind: 'none' };

/** The advice about a user's keys. It is about Active keys only: people decide about inactive ones without advice. */
export function adviceFor(current: Case, policy: Policy, now: Instant, evidence: Evidence = {}): Advice {
  const keys = isViolation(current.keys) ? current.keys : [];
  const wait = waitFor(current, policy, now);
  if (wait !== null) {
    return { kind: 'wait', wait };
  }
  const judged = proposalContext(current, policy, now, evidence);
  const { exposed } = judged;
  if (keys.length > 0 && activeKeys(keys).every(({ id }) => id in exposed)) {
    return { kind: 'suspect', exposed };
  }
  const doubted = doubt(keys, judged);
  if (doubted !== null) {
    return { kind: 'doubt', doubt: doubted };
  }
  const proposal = propose(keys, judged);
  return proposal === null ? NO_ADVICE : { kind: 'proposal', proposal };
}

/** The advice about one Active key: keep it, deactivate it, or on what that depends. */
export type Advised = 'keep' | 'deactivate' | 'stays' | 'if-meant' | 'if-not' | 'neither';

/** The advice about one Active key; `stays` if there is none about single keys. */
export function advised(keyId: string, advice: Advice): Advised {
  switch (advice.kind) {
    case 'none':
    case 'wait':
      return 'stays';
    case 'proposal':
      return advice.proposal.keep === keyId ? 'keep' : 'deactivate';
    case 'suspect':
      return 'neither';
    case 'doubt':
      if (advice.doubt.ifMeant === keyId) {
        return 'if-meant';
      }
      return advice.doubt.ifNot === keyId ? 'if-not' : 'neither';
  }
}
