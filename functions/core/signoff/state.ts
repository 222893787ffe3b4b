import { DAY, type Instant, plus, type Seconds } from '../model/time.ts';
import type { Said, SaidConcern, SaidSettled, SaidSignOff, SeenReport } from './statement.ts';

/** The position of a statement in the ledger: the number of its entry, when that was written, and who gave the statement. */
interface Recorded {
  readonly number: number;
  readonly at: Instant;
  /** Id of the approver. */
  readonly by: string;
}

/** A statement as the ledger has it. */
export interface Stated extends Recorded, SeenReport {
  /** The digest under which it is stored, with the words that were typed. */
  readonly digest: string;
  readonly said: Said;
}

/** A sign-off of the past. */
export interface SignOff
  extends Recorded,
    SeenReport,
    Pick<Stated, 'digest'>,
    Omit<SaidSignOff, 'kind' | 'after' | 'textDigest'> {
  readonly textDigest: string | null;
  /**
   * Concerns that were open when it was recorded, and that it does not list: somebody else recorded them while the page was
   * read.
   */
  readonly overlooked: readonly number[];
}

/** The settlement of a concern: somebody said what was done about it. */
export interface Settled extends Recorded, Pick<Stated, 'digest'>, Pick<SaidSettled, 'textDigest'> {}

/** A concern of the past. Its number is that of its entry. */
export interface Concern extends Recorded, SeenReport, Pick<Stated, 'digest'>, Omit<SaidConcern, 'kind'> {
  /** Null while it is open. */
  readonly settled: Settled | null;
}

/** Everything that approvers stated about the reports of an account. */
export interface SignOffState {
  /** The next sign-off is due from this moment on. */
  readonly due: Instant;
  /** The sign-off about the latest report; null if there is none. */
  readonly last: SignOff | null;
  /** In the order of the ledger. */
  readonly signOffs: readonly SignOff[];
  readonly concerns: readonly Concern[];
}

/** After a report was not accepted, the next sign-off is due within this time. */
export const DUE_AGAIN: Seconds = 7 * DAY;

/**
 * The state of sign-offs and concerns after these statements, in the order of their entries. `first`: the time of the first anchor, from
 * which on the first sign-off is counted; `every`: the setting `signOffEvery`.
 */
export function signOffState(
  stated: readonly Stated[],
  { first, every }: { readonly first: Instant; readonly every: Seconds },
): SignOffState {
  const concerns = concernsIn(stated);
  const signOffs = stated.flatMap((one) => {
    const { said, ...rest } = one;
    return said.kind === 'sign-off' ? [signOffOf(said, rest, concerns)] : [];
  });
  const last = signOffs.reduce<SignOff | null>(later, null);
  const accepted = signOffs.filter(({ verdict }) => verdict !== 'not-accepted').reduce(later, null);
  const regular = plus(accepted?.at ?? first, every);
  const again = last?.verdict === 'not-accepted' ? plus(last.at, DUE_AGAIN) : regular;
  return { due: again < regular ? again : regular, last, signOffs, concerns };
}

/** The concerns that nobody has settled. */
export function openConcerns({ concerns }: Pick<SignOffState, 'concerns'>): Concern[] {
  return concerns.filter(({ settled }) => settled === null);
}

/** True if a concern is open after the day by which it was to be settled. */
export function isOverdue({ settled, target }: Pick<Concern, 'settled' | 'target'>, now: Instant): boolean {
  return settled === null && target < now.slice(0, 10);
}

/** The one about the later report. Its message may have waited, so the order of the ledger decides only between two about one report. */
function later(a: SignOff | null, b: SignOff): SignOff {
  return a !== null && a.anchor > b.anchor ? a : b;
}

function concernsIn(stated: readonly Stated[]): Concern[] {
  return stated.flatMap(({ said, ...rest }) => {
    if (said.kind !== 'concern') {
      return [];
    }
    const { kind: _, ...concern } = said;
    return [{ ...rest, ...concern, settled: settledBy(stated, rest.number) }];
  });
}

/** The first statement that settles a concern. One that came before it names another ledger's entry. */
function settledBy(stated: readonly Stated[], concern: number): Settled | null {
  for (const { said, number, at, by, digest } of stated) {
    if (said.kind === 'concern-settled' && said.concern === concern && number > concern) {
      return { number, at, by, digest, textDigest: said.textDigest };
    }
  }
  return null;
}

function signOffOf(
  { verdict, concerns: listed, textDigest }: SaidSignOff,
  rest: Omit<Stated, 'said'>,
  concerns: readonly Concern[],
): SignOff {
  const overlooked = concerns.filter(
    ({ number, settled }) =>
      number < rest.number && !listed.includes(number) && (settled === null || settled.number > rest.number),
  );
  return {
    ...rest,
    verdict,
    concerns: listed,
    textDigest: textDigest ?? null,
    overlooked: overlooked.map(({ number }) => number),
  };
}
