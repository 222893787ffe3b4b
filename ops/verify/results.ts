/**
 * The output of `npm run verify` with `--json`. Objects have no other fields, and a field is never removed or given another meaning
 * without a higher `version`. docs/schemas/verify.v1.json is generated from here.
 */
import * as z from 'zod';
import { instantSchema } from '../../functions/contracts/case-item.ts';
import type { Anchor } from '../../functions/core/records/anchor.ts';
import type { VerifyFinding } from '../../functions/core/verify/findings.ts';
import type { ExplainedRestore, Verdict } from '../../functions/core/verify/verify.ts';
import { findingWords } from '../../functions/core/verify/words.ts';
import type { PackVerdict } from './pack.ts';

/** Increased when a field is removed or changes its meaning. */
export const VERSION = 1;

const count = z.int().nonnegative();

const finding = z.strictObject({
  about: z.enum(['anchors', 'ledger', 'user']),
  /** A code, such as `missing`. */
  found: z.string(),
  userId: z.string().nullable(),
  userName: z.string().nullable(),
  /** Numbers of the first and the last entry, or of the anchor. */
  from: count.nullable(),
  to: count.nullable(),
  /** The first anchor that proves it; null if none does. */
  anchor: count.nullable(),
  /** Nobody can vouch for what it is about since this moment; null: from the beginning. */
  since: instantSchema.nullable(),
  text: z.string(),
});

/** One line of JSON about the records. */
export const recordsResult = z.strictObject({
  version: z.literal(VERSION),
  checked: z.literal('records'),
  account: z.string().nullable(),
  users: count,
  entries: count,
  ledgerEntries: count,
  anchors: count,
  /** The last anchor that can be trusted, and until when it vouches. */
  last: z.strictObject({ number: count, until: instantSchema }).nullable(),
  /** The first anchor, if all before it have expired; null if there are all. */
  begins: z.strictObject({ number: count, until: instantSchema }).nullable(),
  /** Entries since then, for which nothing vouches yet, and the number of users who have them. */
  young: z.strictObject({ users: count, entries: count }),
  /** The restores of the table from a backup, with the number of anchored entries that each explains. */
  restores: z.array(
    z.strictObject({
      entry: count,
      at: instantSchema,
      by: z.string(),
      reason: z.string(),
      entries: count,
      /** True if it explains nothing, or if `--accept-restore` names it. Otherwise the command ends with exit code 2. */
      accepted: z.boolean(),
    }),
  ),
  /** The one that is vouched for least comes first; empty if everything is as it was written. */
  findings: z.array(finding),
});

/** One line of JSON about an evidence pack. */
export const packResult = z.strictObject({
  version: z.literal(VERSION),
  checked: z.literal('pack'),
  signed: z.boolean(),
  files: count,
  findings: z.array(z.strictObject({ found: z.string(), name: z.string().nullable(), text: z.string() })),
});

/** The result of checking records, for `--json`, with the restores that nobody accepted. */
export function recordsJson(
  verdict: Verdict,
  doubted: readonly ExplainedRestore[],
): z.infer<typeof recordsResult> {
  const { account, users, entries, ledgerEntries, anchors, last, young, restores } = verdict;
  return {
    version: VERSION,
    checked: 'records',
    account,
    users,
    entries,
    ledgerEntries,
    anchors,
    last: placeOf(last),
    begins: placeOf(verdict.begins),
    young: { ...young },
    restores: restores.map((restore) => ({
      entry: restore.entry,
      at: restore.at,
      by: restore.by,
      reason: restore.reason,
      entries: restore.entries,
      accepted: !doubted.includes(restore),
    })),
    findings: verdict.findings.map(findingJson),
  };
}

/** The result of checking a pack, for `--json`. */
export function packJson({ signed, files, findings }: PackVerdict): z.infer<typeof packResult> {
  const found = findings.map(({ found, name, text }) => ({ found, name, text }));
  return { version: VERSION, checked: 'pack', signed, files, findings: found };
}

const placeOf = (anchor: Anchor | null) =>
  anchor === null ? null : { number: anchor.number, until: anchor.until };

function findingJson(one: VerifyFinding): z.infer<typeof finding> {
  const { about, since, fault } = one;
  const user = one.about === 'user' ? one : null;
  const number = 'number' in fault ? fault.number : null;
  return {
    about,
    found: fault.found,
    userId: user?.userId ?? null,
    userName: user?.userName ?? null,
    from: 'from' in fault ? fault.from : number,
    to: 'to' in fault ? fault.to : number,
    anchor: 'anchor' in fault ? fault.anchor : number,
    since,
    text: findingWords(one),
  };
}
