import { unexpectedCreators } from '../case/unexpected-creators.ts';
import { lastFour } from '../model/observation.ts';
import { isAlarm } from './alarm.ts';
import type { NewsContext } from './context.ts';

/** The notice as JSON for machines, without token, link or full key id. */
export function renderNews(context: NewsContext): Record<string, unknown> {
  const { kind, current, policy, now } = context;
  const { decision } = current;
  const unexpected = unexpectedCreators(current, policy);
  return {
    notice: kind,
    urgent: isAlarm(context) || current.heldFor === 'no-active-key',
    at: now,
    account: current.account,
    accountName: policy.accountName,
    userId: current.userId,
    userName: current.userName,
    case: current.number,
    phase: current.phase,
    phaseSince: current.phaseSince,
    heldFor: current.heldFor,
    closedAs: current.closedAs,
    keys: current.keys.map((key) => {
      const { graceEnds, deleted } = current.progress[key.id] ?? {};
      return {
        endsIn: lastFour(key.id),
        status: key.status,
        createdBy: current.origins[key.id]?.createdBy ?? null,
        unexpectedCreator: key.id in unexpected,
        graceEnds: graceEnds ?? null,
        deleted: deleted ?? null,
      };
    }),
    decision:
      decision === null
        ? null
        : {
            by: decision.by,
            at: decision.at,
            keepEndsIn: lastFour(decision.keep),
            confirmed: decision.confirmed,
          },
  };
}
