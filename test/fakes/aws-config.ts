import type { ConfigRule } from '../../functions/app/config-ports.ts';
import type {
  AccountEvaluation,
  Evaluation,
  ShownVerdict,
  UserEvaluation,
} from '../../functions/core/config/survey.ts';
import type { Instant } from '../../functions/core/model/time.ts';

/** Which of two results for a user is shown. AWS does not say; we assume the one with the later facts (docs/adr/013). */
export type Shows = 'the later facts' | 'the last put';

/** AWS Config in memory, with the limits that AWS has: a wrong put fails the test there. */
export function memoryConfig(clock: { now(): Instant }, shows: Shows = 'the later facts') {
  const shown = new Map<string, ShownVerdict>();
  /** Those of users. */
  const puts: UserEvaluation[] = [];
  /** Those of the account. */
  const ofAccount: AccountEvaluation[] = [];
  /** UserIds that Config does not take, and how many times more. */
  const refusing = new Map<string, number>();
  const state: { diesAfterPuts: number; account: ShownVerdict | null } = {
    diesAfterPuts: Number.POSITIVE_INFINITY,
    // An earlier run has told of the account, so that tests about users meet users alone.
    account: { compliance: 'COMPLIANT', annotation: null, factsAt: clock.now(), recorded: clock.now() },
  };

  const rule: ConfigRule = {
    async shown() {
      return structuredClone({ users: shown, account: state.account });
    },
    async put(evaluations) {
      if (evaluations.length === 0 || evaluations.length > 100) {
        throw new Error(`${evaluations.length} evaluations in one call`);
      }
      if (puts.length >= state.diesAfterPuts) {
        throw new Error('The run was killed');
      }
      return evaluations.filter((one) => !take(one));
    },
  };

  function take(one: Evaluation): boolean {
    const { compliance, annotation, factsAt } = one;
    if (annotation !== null && !/^[\x20-\x7e]{1,256}$/.test(annotation)) {
      throw new Error(`Annotation ${annotation}`);
    }
    if ('account' in one) {
      ofAccount.push(one);
      if (shows === 'the last put' || (state.account?.factsAt ?? '') <= factsAt) {
        state.account = { compliance, annotation, factsAt, recorded: clock.now() };
      }
      return true;
    }
    const { userId } = one;
    const left = refusing.get(userId) ?? 0;
    if (left > 0) {
      refusing.set(userId, left - 1);
      return false;
    }
    puts.push(one);
    if (shows === 'the later facts' && (shown.get(userId)?.factsAt ?? '') > factsAt) {
      return true;
    }
    // What does not apply is forgotten with its time: AWS marks such results for deletion and cleans them up.
    if (one.compliance === 'NOT_APPLICABLE') {
      shown.delete(userId);
    } else {
      shown.set(userId, { compliance: one.compliance, annotation, factsAt, recorded: clock.now() });
    }
    return true;
  }

  return { rule, shown, puts, ofAccount, refusing, state };
}
