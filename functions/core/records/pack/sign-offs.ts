/** Sign-offs and concerns of a period, as files of its pack. */
import { type Concern, type SignOff, type Stated, signOffState } from '../../signoff/state.ts';
import type { SignOffVerdict } from '../../signoff/statement.ts';
import type { TypedOf } from '../../signoff/typed.ts';
import type { RecordFile } from '../make-anchor.ts';
import { type Columns, type Csv, linesAndCsv } from '../table.ts';
import { isWithin, type Period } from './input.ts';

/** The words of a statement by their SHA-256; null if they were erased, or are not those that were sealed. */
export type WordsOf = <Kind extends keyof TypedOf>(kind: Kind, textDigest: string) => TypedOf[Kind] | null;

/** A sign-off as a row. */
export interface SignOffRow extends Omit<SignOff, 'digest' | 'number' | 'verdict'> {
  /** The number of its entry in the ledger. */
  readonly entry: number;
  readonly verdict: SignOffVerdict;
  readonly comment: string | null;
}

/** A concern as a row, with what was done about it until the end of the period. */
export interface ConcernRow extends Omit<Concern, 'digest' | 'number' | 'settled'> {
  readonly entry: number;
  readonly impact: string | null;
  readonly remediation: string | null;
  readonly owner: string | null;
  readonly ticket: string | null;
  /** The number of the entry that settles it; null while it is open. */
  readonly settledEntry: number | null;
  readonly settledAt: string | null;
  readonly settledBy: string | null;
  readonly settledDigest: string | null;
  readonly done: string | null;
}

/**
 * The files of sign-offs and concerns: the sign-offs of the period and the last one before it, and every concern that was open in
 * it, as they were at its end. The files are there even without any: nobody having signed off is evidence, too.
 */
export function signOffFiles(
  stated: readonly Stated[],
  words: WordsOf,
  period: Period,
  csv: Csv,
): RecordFile[] {
  const until = stated.filter(({ at }) => at <= period.to);
  const { signOffs, concerns } = signOffState(until, { first: period.from, every: 0 });
  const before = signOffs.filter(({ at }) => at < period.from).slice(-1);
  const given = [...before, ...signOffs.filter(({ at }) => isWithin(period, at))];
  const open = concerns.filter(({ settled }) => settled === null || settled.at >= period.from);
  return [
    ...linesAndCsv(
      'sign-offs',
      given.map((one) => signOffRow(one, words)),
      SIGN_OFF_COLUMNS,
      csv,
      true,
    ),
    ...linesAndCsv(
      'concerns',
      open.map((one) => concernRow(one, words)),
      CONCERN_COLUMNS,
      csv,
      true,
    ),
  ];
}

function signOffRow({ digest: _, number, ...rest }: SignOff, words: WordsOf): SignOffRow {
  const { textDigest } = rest;
  const comment = textDigest === null ? null : (words('sign-off', textDigest)?.comment ?? null);
  return { entry: number, ...rest, comment };
}

function concernRow({ digest: _, number, settled, ...rest }: Concern, words: WordsOf): ConcernRow {
  const typed = words('concern', rest.textDigest);
  return {
    entry: number,
    ...rest,
    impact: typed?.impact ?? null,
    remediation: typed?.remediation ?? null,
    owner: typed?.owner ?? null,
    ticket: typed?.ticket ?? null,
    settledEntry: settled?.number ?? null,
    settledAt: settled?.at ?? null,
    settledBy: settled?.by ?? null,
    settledDigest: settled?.textDigest ?? null,
    done: settled === null ? null : (words('concern-settled', settled.textDigest)?.done ?? null),
  };
}

/** The columns of sign-offs.csv. */
export const SIGN_OFF_COLUMNS: Columns<SignOffRow> = {
  entry: (row) => row.entry,
  at: (row) => row.at,
  by: (row) => row.by,
  verdict: (row) => row.verdict,
  report_anchor: (row) => row.anchor,
  report_sha256: (row) => row.reportSha256,
  open_concerns: (row) => row.concerns.join('; '),
  concerns_not_listed: (row) => row.overlooked.join('; '),
  text_digest: (row) => row.textDigest,
  comment: (row) => row.comment,
};

/** The columns of concerns.csv. */
export const CONCERN_COLUMNS: Columns<ConcernRow> = {
  entry: (row) => row.entry,
  at: (row) => row.at,
  by: (row) => row.by,
  user: (row) => row.userName,
  user_id: (row) => row.userId,
  key: (row) => row.keyEnd,
  target: (row) => row.target,
  report_anchor: (row) => row.anchor,
  report_sha256: (row) => row.reportSha256,
  text_digest: (row) => row.textDigest,
  impact: (row) => row.impact,
  remediation: (row) => row.remediation,
  owner: (row) => row.owner,
  ticket: (row) => row.ticket,
  settled_entry: (row) => row.settledEntry,
  settled_at: (row) => row.settledAt,
  settled_by: (row) => row.settledBy,
  settled_digest: (row) => row.settledDigest,
  done: (row) => row.done,
};
