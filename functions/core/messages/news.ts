import { unexpectedCreators } from '../case/unexpected-creators.ts';
import { lastFour } from '../model/observation.ts';
import { isAlarm } from './alarm.ts';
import type { NewsContext } from './context.ts';

/** The same news for machines, as JSON: never a token, a link or a full key id. */
export function renderNews(context: NewsContext): Record<string, unknown> {
  const { kind, known, policy, now } = context;
  const { decision } = known;
  const unexpected = unexpectedCreators(known, policy);
  return {
    notice: kind,
    urgent: isAlarm(context) || known.heldFor === 'no-active-key',
    at: now,
    account: known.account,
    accountName: policy.accountName,
    userId: known.userId,
    userName: known.userName,
    case: known.number,
    phase: known.phase,
    phaseSince: known.phaseSince,
    heldFor: known.heldFor,
    closedAs: known.closedAs,
    keys: known.keys.map((key) => {
      const { graceEnds, deleted } = known.progress[key.id] ?? {};
      return {
        endsIn: lastFour(key.id),
        status: key.status,
        createdBy: known.origins[key.id]?.createdBy ?? null,
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
