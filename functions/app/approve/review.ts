import { allowsNothing, type LinkClaim } from '../../core/case/requests.ts';
import type { Mistake } from '../../core/page/choice.ts';
import { reviewProposal } from '../../core/page/list.ts';
import { judgeReview, MOST_TOGETHER, namedTwice, type RowRefusal } from '../../core/page/review.ts';
import { listPermits } from '../../core/proposal/harmless.ts';
import type { Proposal } from '../../core/proposal/proposal.ts';
import type { RequestStore } from '../store-ports.ts';
import { type DecisionPorts, type Ready, type Recorded, readyFor } from './open-question.ts';
import { judgeAnswer, type PostedAnswer, type PostedGrounds } from './posted-answer.ts';
import type { Refused, Visitor } from './show-case.ts';

/** The ports for answers about several users. */
export interface ReviewPorts extends DecisionPorts {
  /** The same store, for many rows at once: reads of the same moment are few calls. Absent: there is no such way to read. */
  readonly storeForMany?: RequestStore;
}

/** The answer about one user, as its row says it. */
export interface RowAsked {
  readonly userId: string;
  readonly caseNumber: number;
  readonly keep: string;
  /** The last four characters of every key to deactivate, as the page showed them. */
  readonly off: readonly string[];
  readonly facts: string;
}

/** The rows of a form; null for one that could not be read, which refuses only itself. */
export type RowsAsked = readonly (RowAsked | null)[];

/** A row that can be decided together with others now, as it asks. */
export interface ReadyRow {
  readonly row: RowAsked;
  readonly page: Ready;
  readonly proposal: Proposal;
}

/** A row that cannot. `userName` is null if its case is not known. */
export interface RefusedRow {
  readonly row: RowAsked;
  readonly why: RowRefusal;
  readonly userName: string | null;
}

/** The rows of a form as they are now. */
export interface CheckedRows {
  /** Null if no row leads to a case of this person. */
  readonly visitor: Visitor | null;
  readonly ready: readonly ReadyRow[];
  readonly refused: readonly RefusedRow[];
  readonly unreadable: number;
}

/**
 * Reason why a form about several users is refused as a whole. `none-chosen`: it has no row · `too-many`: it has more than
 * can be decided at once · `only-shows`: the link permits nothing.
 */
export interface RefusedReview {
  readonly kind: 'none-chosen' | 'too-many' | 'only-shows';
  readonly rows: number;
}

/** Result of the choice of rows: the page to check. Nothing is stored. */
export type CheckedReview = Refused | RefusedReview | (CheckedRows & { readonly kind: 'to-check' });

/** Reads what the decision about these rows would mean, or says of each why it cannot be made. */
export async function checkReview(
  ports: ReviewPorts,
  token: string,
  rows: RowsAsked,
): Promise<CheckedReview> {
  const opened = await openReview(ports, token, rows);
  if (!('claim' in opened)) {
    return opened;
  }
  const checked = await checkRows(forMany(ports, opened.claim), token, rows);
  return 'kind' in checked ? checked : { ...checked, kind: 'to-check' };
}

/** The claim of a list link that decides, or why the form is refused. */
export async function openReview(
  { links, clock }: Pick<ReviewPorts, 'links' | 'clock'>,
  token: string,
  rows: RowsAsked,
): Promise<Refused | RefusedReview | { readonly claim: LinkClaim }> {
  const claim = await links.verify(token);
  if (claim === null || claim.scope !== 'list') {
    return { kind: 'refused', why: 'not-ours' };
  }
  if (clock.now() > claim.expires) {
    return { kind: 'refused', why: 'expired' };
  }
  const kind = allowsNothing(claim.purpose)
    ? 'only-shows'
    : rows.length === 0
      ? 'none-chosen'
      : rows.length > MOST_TOGETHER
        ? 'too-many'
        : null;
  return kind === null ? { claim } : { kind, rows: rows.length };
}

/** Ports with which many rows cost few calls: the link is verified once, and reads of the same moment go together. */
export function forMany(ports: ReviewPorts, claim: LinkClaim): DecisionPorts {
  const links = { ...ports.links, verify: async () => claim };
  return { ...ports, links, store: ports.storeForMany ?? ports.store };
}

/** The rows as they are now; a refusal if no row is one that this person may see. */
export async function checkRows(
  ports: DecisionPorts,
  token: string,
  rows: RowsAsked,
): Promise<CheckedRows | Refused> {
  const readable = rows.filter((row) => row !== null);
  const found = await Promise.all(readable.map((row) => readyRow(ports, token, row)));
  const [first] = found;
  if (first?.kind === 'refused' && found.every(({ kind }) => kind === 'refused')) {
    return first;
  }
  const twice = namedTwice(readable);
  const checked = readable.flatMap((row, place) => {
    const one = found[place];
    return one === undefined ? [] : { row, one: twice.has(row.userId) ? REPEATED : one };
  });
  return {
    visitor: found.map((one) => ('visitor' in one ? one.visitor : null)).find((one) => one !== null) ?? null,
    ready: checked.flatMap(({ row, one }) =>
      one.kind === 'ready' ? { row, page: one, proposal: one.proposal } : [],
    ),
    refused: checked.flatMap(({ row, one }) =>
      one.kind === 'ready' ? [] : { row, why: refusalOf(one), userName: nameIn(one) },
    ),
    unreadable: rows.length - readable.length,
  };
}

const REPEATED = { kind: 'repeated' } as const;

/** The result of reading a row for an answer. */
export type ReadRow = Recorded | typeof REPEATED | NotTogether | (Ready & { readonly proposal: Proposal });

type NotTogether = Omit<Ready, 'kind'> & { readonly kind: 'not-together' };

/** Reads the case of a row as for an answer given alone, and asks in addition if it may be given together with others. */
export async function readyRow(
  ports: DecisionPorts,
  token: string,
  row: RowAsked,
  grounds?: PostedGrounds,
): Promise<Exclude<ReadRow, typeof REPEATED>> {
  const ready = await readyFor(ports, token, row, answerOf(row, grounds));
  if (ready.kind !== 'ready') {
    return ready;
  }
  const proposal = reviewProposal(ready.view, { policy: ports.policy, now: ports.clock.now() });
  const judged = judgeAnswer(ready.view, answerOf(row), true);
  return proposal !== null && judged.fits && listPermits(judged.ask, proposal)
    ? { ...ready, proposal }
    : { ...ready, kind: 'not-together' };
}

/** The answer of a row as the page of its case would post it. No use is acknowledged. */
export function answerOf({ keep, off, facts }: RowAsked, grounds?: PostedGrounds): PostedAnswer {
  return {
    kind: 'keep',
    keep,
    off: { text: off.join(' '), fours: off },
    inUse: false,
    shownInUse: [],
    ...(grounds === undefined ? {} : { grounds }),
    facts,
  };
}

/** The reason for which a row refuses itself, by the result of reading it. */
const REFUSAL = {
  refused: 'not-ours',
  settled: 'closed',
  unread: 'unread',
  taken: 'taken',
  // The person's own answer of before: the first one counts.
  recorded: 'taken',
  stale: 'stale',
  wrong: 'not-together',
  'wrong-purpose': 'not-together',
  'not-together': 'not-together',
  'not-now': 'not-now',
  repeated: 'repeated',
} as const satisfies Record<Exclude<ReadRow['kind'], 'ready'>, RowRefusal>;

/** The reason for which a row refuses itself. */
export function refusalOf({ kind }: { readonly kind: Exclude<ReadRow['kind'], 'ready'> }): RowRefusal {
  return REFUSAL[kind];
}

function nameIn(one: ReadRow): string | null {
  if ('view' in one) {
    return one.view.current.userName;
  }
  return one.kind === 'settled'
    ? (one.current?.userName ?? null)
    : one.kind === 'unread'
      ? one.unread.userName
      : null;
}

/** The mistakes in what a form says of all its rows together, by the keys that its rows name. */
export function mistakesIn(
  { count, grounds }: { readonly count: number | null; readonly grounds: PostedGrounds },
  rows: RowsAsked,
): Mistake[] {
  const keys = rows.reduce((sum, row) => sum + (row?.off.length ?? 0), 0);
  return judgeReview({ count, grounds }, keys);
}
