import type { StatementLedger, StatementSender, StatementStore } from '../../functions/app/signoff-ports.ts';
import type { StatementWish } from '../../functions/app/wake.ts';
import { readWords } from '../../functions/contracts/statement-item.ts';
import { type LedgerEntry, ledgerEntry } from '../../functions/core/model/ledger.ts';
import type { Control } from '../../functions/core/model/policy.ts';
import type { Instant } from '../../functions/core/model/time.ts';
import type { Noted } from '../../functions/core/signoff/noted.ts';
import type { SealedStatement } from '../../functions/core/signoff/statement.ts';

/** A stored statement, with its words; null if there were none. */
interface Kept {
  readonly statement: SealedStatement;
  readonly typed: string | null | { readonly erased: Instant };
}

/** Statements in memory, from both sides, with the ledger that has them. */
export function memoryStatements(state: { control: Control }, entries: LedgerEntry[] = []) {
  /** By account and digest. */
  const kept = new Map<string, Kept>();
  const outcomes = new Map<string, Noted>();
  const fake = { busy: 0 };
  const noted = async (account: string, digest: string) => outcomes.get(`${account}/${digest}`) ?? null;
  const store: StatementStore = {
    async record(account, statement, typed) {
      const key = `${account}/${statement.digest}`;
      if (kept.has(key)) {
        return 'before';
      }
      kept.set(key, { statement, typed });
      return 'recorded';
    },
    noted,
    async typed(account, kind, of) {
      return of.map(({ digest, textDigest }) => {
        const words = kept.get(`${account}/${digest}`)?.typed ?? undefined;
        return readWords(kind, typeof words === 'object' ? words : { comment: words }, textDigest);
      });
    },
  };
  const ledger: StatementLedger = {
    read: async (account, digest) => kept.get(`${account}/${digest}`)?.statement ?? null,
    noted,
    async note(account, digest, judge) {
      const judged = judge(state.control);
      if (fake.busy > 0) {
        fake.busy -= 1;
        return 'stale';
      }
      if ('refused' in judged) {
        outcomes.set(`${account}/${digest}`, judged);
        return judged;
      }
      const last = entries.at(-1) ?? null;
      const entry = ledgerEntry(last, last?.after ?? null, { ...state.control }, judged);
      entries.push(entry);
      const done = { entry: entry.number, at: entry.at };
      outcomes.set(`${account}/${digest}`, done);
      return done;
    },
  };
  return { kept, outcomes, entries, store, ledger, fake };
}

export type MemoryStatements = ReturnType<typeof memoryStatements>;

/** Keeps the requests to record a statement; refuses while `broken`. */
export function memoryStatementSender(): StatementSender & {
  readonly sent: StatementWish[];
  broken: boolean;
} {
  const fake = {
    sent: [] as StatementWish[],
    broken: false,
    async ask(wish: StatementWish) {
      if (fake.broken) {
        throw new Error('the queue is away');
      }
      fake.sent.push(wish);
    },
  };
  return fake;
}
