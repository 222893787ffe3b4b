import type { PaceChange, PaceStore } from '../../functions/app/channel-ports.ts';
import type { DueDigest } from '../../functions/app/store-ports.ts';
import { digestDue, type Pace, UNUSED_PACE } from '../../functions/core/channel/pace.ts';
import type { Instant } from '../../functions/core/model/time.ts';

/**
 * The paces of all addresses. Unless `kept`, every address has sent nothing yet when a single mail wants to know: most
 * stories are not about the number of mails. Digests become due in any case.
 */
export function memoryPaces() {
  const stored = new Map<string, { readonly about: DueDigest; readonly pace: Pace }>();
  const paces = {
    kept: false,
    stored,
    /** Number of changes that were stored. */
    written: 0,
    async change<T>(about: DueDigest, by: (pace: Pace) => PaceChange<T>): Promise<T> {
      const pace = stored.get(about.address)?.pace ?? UNUSED_PACE;
      const { hour, nextAt, requestedHour, requestedUsed, urgent, used } = UNUSED_PACE;
      const unused = { hour, nextAt, requestedHour, requestedUsed, urgent, used };
      const { next, result } = by(paces.kept ? pace : { ...pace, ...unused });
      if (next !== null) {
        paces.written += 1;
        stored.set(about.address, { about, pace: next });
      }
      return result;
    },
    due(now: Instant): DueDigest[] {
      return [...stored.values()].flatMap(({ about, pace }) => {
        const due = digestDue(pace);
        return due !== null && due <= now ? [about] : [];
      });
    },
  };
  return paces satisfies PaceStore & Record<string, unknown>;
}

/**
 * The paces as one process has them: it remembers what it saw, which others may have changed since, and writes only upon
 * what is stored.
 */
export function rememberedPaces(paces: ReturnType<typeof memoryPaces>): PaceStore {
  const known = new Map<string, Pace>();
  return {
    async change<T>(about: DueDigest, by: (pace: Pace) => PaceChange<T>): Promise<T> {
      const remembered = known.get(about.address);
      const answer = remembered === undefined ? null : by(remembered);
      if (answer !== null && answer.next === null && answer.unsure !== true) {
        return answer.result;
      }
      return paces.change(about, (pace) => {
        const change = by(pace);
        known.set(about.address, change.next ?? pace);
        return change;
      });
    },
  };
}
