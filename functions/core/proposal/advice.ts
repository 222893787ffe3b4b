import type { Case } from '../case/case.ts';
import { isViolation } from '../model/compliance.ts';
import type { Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import { type Doubt, doubt } from './doubt.ts';
import { type Proposal, proposalContext, propose } from './proposal.ts';

/** The advice about a choice: a proposal, or the doubt on which it depends, or neither if there is no choice. */
export interface Advice {
  readonly proposal: Proposal | null;
  readonly doubt: Doubt | null;
}

/** No advice: there is nothing to choose, or nobody to choose. */
export const NO_ADVICE: Advice = { proposal: null, doubt: null };

/** The advice about a user's keys. It is about Active keys only: people decide about inactive ones without advice. */
export function adviceFor(current: Case, policy: Policy, now: Instant): Advice {
  if (!isViolation(current.keys)) {
    return NO_ADVICE;
  }
  const judged = proposalContext(current, policy, now);
  return { proposal: propose(current.keys, judged), doubt: doubt(current.keys, judged) };
}

/** The advice about one Active key: keep it, deactivate it, or on what that depends. */
export type Advised = 'keep' | 'deactivate' | 'stays' | 'if-meant' | 'if-not' | 'neither';

/** The advice about one Active key. */
export function advised(keyId: string, { proposal, doubt: doubted }: Advice): Advised {
  if (proposal !== null) {
    return proposal.keep === keyId ? 'keep' : 'deactivate';
  }
  if (doubted === null) {
    return 'stays';
  }
  if (doubted.ifMeant === keyId) {
    return 'if-meant';
  }
  return doubted.ifNot === keyId ? 'if-not' : 'neither';
}
