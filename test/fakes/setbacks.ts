import type { Pauser, SetbackStore } from '../../functions/app/control-ports.ts';
import { paused } from '../../functions/core/model/control.ts';
import { BY_SOLEKEY, type LedgerEntry, ledgerEntry } from '../../functions/core/model/ledger.ts';
import type { Control } from '../../functions/core/model/policy.ts';
import type { Setback } from '../../functions/core/model/setbacks.ts';
import { HOUR, hourOf, plus } from '../../functions/core/model/time.ts';

/** Setbacks and the ledger in memory; a pause is written to `state.control`. */
export function memorySetbacks(state: { control: Control }) {
  /** By clock hour, as in the table. */
  const hours = new Map<string, Setback[]>();
  const ledger: LedgerEntry[] = [];
  const setbacks: SetbackStore = {
    async note(_account, setback) {
      const hour = hourOf(setback.at);
      hours.set(hour, [...(hours.get(hour) ?? []), setback]);
    },
    recent: async (_account, now) => [plus(now, -HOUR), now].flatMap((at) => hours.get(hourOf(at)) ?? []),
  };
  const pauser: Pauser = {
    async pause(_account, { at, reason, isDue }) {
      if (!isDue(state.control)) {
        return null;
      }
      state.control = paused(state.control, at, reason);
      const why = { at, command: 'pause', by: BY_SOLEKEY, reason } as const;
      const entry = ledgerEntry(ledger.at(-1) ?? null, null, { ...state.control }, why);
      ledger.push(entry);
      return entry.number;
    },
  };
  return { hours, ledger, setbacks, pauser };
}
