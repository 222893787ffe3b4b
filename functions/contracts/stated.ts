/** Statements as the account's ledger has them. */
import * as z from 'zod';
import type { LedgerEntry } from '../core/model/ledger.ts';
import { BY_APPROVER, type StatementAbout } from '../core/signoff/entry.ts';
import type { Stated } from '../core/signoff/state.ts';
import { instantSchema } from './case-item.ts';
import { saidSchema, seenReport } from './statement-item.ts';
import { type Same, stored } from './stored.ts';

const about = stored({
  digest: z.string(),
  given: instantSchema,
  ...seenReport,
  said: saidSchema,
  address: z.string(),
});

const aboutSchema: Same<z.infer<typeof about>, StatementAbout> extends true
  ? z.ZodType<StatementAbout>
  : never = about;

/** The statements among these entries. An entry of a newer release, or one that is no statement, is left out. */
export function statedIn(entries: readonly LedgerEntry[]): Stated[] {
  return entries.flatMap(({ number, at, by, command, about: content }) => {
    const { data } = aboutSchema.safeParse(content);
    if (data === undefined || data.said.kind !== command || !by.startsWith(BY_APPROVER)) {
      return [];
    }
    const { digest, anchor, reportSha256, said } = data;
    return [{ number, at, by: by.slice(BY_APPROVER.length), digest, anchor, reportSha256, said }];
  });
}
