import { accountEvaluation } from '../../core/config/account-verdict.ts';
import { needsUpdate } from '../../core/config/needs-update.ts';
import { planned } from '../../core/config/plan.ts';
import type { ConfigRule, SurveyTaker } from '../config-ports.ts';
import type { Clock, Log } from '../ports.ts';
import {
  type EvaluationBatch,
  type EvaluationBatchWorld,
  evaluationBatch,
  noEvaluationBatch,
} from './evaluation-batch.ts';
import { type LiveReading, type ReadLiveWorld, readLive, wakeAll } from './read-live.ts';
import { type SurveyWorld, takeSurvey } from './take-survey.ts';

/** The ports for one run of the rule. */
export interface EvaluateWorld extends SurveyWorld, ReadLiveWorld, EvaluationBatchWorld {
  readonly census: SurveyTaker;
  readonly rule: ConfigRule;
  readonly clock: Clock;
  readonly log: Log;
}

/** Result of one run. */
export interface Evaluated {
  readonly users: number;
  /** Number of users read individually. */
  readonly read: number;
  /** Number of users without a result, because they could not be read. */
  readonly unread: number;
  /** Number of results that AWS Config accepted, of users and of the account. */
  readonly put: number;
  readonly woken: number;
}

/**
 * One run of the rule in AWS Config. Reports the users whose result differs from the one AWS Config shows, and the
 * account itself, dated with the time of the facts. Also wakes users who should have a case and have none, or have one
 * and seem to need none; this does not depend on AWS Config.
 *
 * Throws after everything else is done if AWS Config gave no answer or did not accept an evaluation, if most users
 * could not be read, or if time ran out. The next run continues from what AWS Config then shows, and reads users in
 * another order, so that nobody is left out in every run.
 */
export async function evaluate(world: EvaluateWorld, account: string): Promise<Evaluated> {
  const { log } = world;
  const { census, trouble } = await takeSurvey(world, account);
  const plan = planned(census, world.policy);
  await wakeAll(
    world,
    account,
    plan.gone.map((userId) => ({ userId })),
  );
  const out = trouble === null ? evaluationBatch(world) : noEvaluationBatch(trouble);
  const own = accountEvaluation(census, world.policy, account);
  if (needsUpdate(own, census.shownOfAccount, census.now)) {
    await out.put([own]);
  }
  const reading = await readLive(world, account, census, plan.live, out);
  await out.put(plan.evaluations);
  await out.end();
  const done: Evaluated = {
    users: census.users.length,
    read: reading.read,
    unread: reading.unread,
    put: out.count(),
    woken: reading.woken + plan.gone.length,
  };
  log.info('evaluated', { ...done });
  if (done.unread > 0) {
    log.count('UsersUnread', done.unread);
  }
  if (out.failed() > 0) {
    log.count('EvaluationsFailed', out.failed());
  }
  const problems = [...problemsOfPutting(out), ...problemsOfReading(reading)];
  if (problems.length > 0) {
    throw new Error(problems.join(' '), { cause: out.trouble()?.error });
  }
  return done;
}

function problemsOfPutting(out: EvaluationBatch): string[] {
  const trouble = out.trouble();
  return [
    ...(trouble === null ? [] : [`AWS Config could not be asked or told: ${String(trouble.error)}.`]),
    ...(out.failed() === 0
      ? []
      : [`AWS Config did not take ${out.failed()} evaluations; the next run puts them again.`]),
  ];
}

/**
 * From this number on, unreadable users are more than a few that happen to be throttled or denied by a policy of
 * their own.
 */
const MANY_UNREAD = 3;

/** Sentences about users who could not be read; empty if few or none. */
export function problemsOfReading({ read, unread, left }: LiveReading): string[] {
  const blind = unread >= MANY_UNREAD && unread > read / 2;
  return [
    ...(blind
      ? [`${unread} of ${read} users could not be read; AWS Config keeps what it showed of them.`]
      : []),
    ...(left === 0
      ? []
      : [`There was no time to read ${left} users; the next run takes users in another order.`]),
  ];
}
