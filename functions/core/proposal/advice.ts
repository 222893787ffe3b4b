import type { Case } from '../case/case.ts';
import { isViolation } from '../model/compliance.ts';
import type { Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import { type Doubt, doubt } from './doubt.ts';
import { type Proposal, proposalContext, propose } from './proposal.ts';

/** What there is to say about the choice: a proposal, or on whose answer it depends, or neither where there is no choice. */
export interface Advice {
  readonly proposal: Proposal | null;
  readonly doubt: Doubt | null;
}

/** Where there is nothing to choose, or nobody to choose. */
export const NO_ADVICE: Advice = { proposal: null, doubt: null };

/** Which key to keep, where there is a choice. What to do with keys that are inactive already is for a person alone. */
export function adviceFor(current: Case, policy: Policy, now: Instant): Advice {
  if (!isViolation(current.keys)) {
    return NO_ADVICE;
  }
  const judged = proposalContext(current, policy, now);
  return { proposal: propose(current.keys, judged), doubt: doubt(current.keys, judged) };
}

/** What the advice says of one active key: to keep it, to deactivate it, or what that depends on. */
export type Advised = 'keep' | 'deactivate' | 'stays' | 'if-meant' | 'if-not' | 'neither';

/** What the advice says of one active key. */
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
