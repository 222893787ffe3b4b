import { isChoosing } from '../../core/case/requests.ts';
import type { Decided } from '../../core/page/case-view.ts';
import type { RowOutcome } from '../../core/page/review.ts';
import type { DecisionPorts } from './open-question.ts';
import { forMany, type ReviewPorts } from './review.ts';
import { attributed, type Refused, type Shown, showCase, type Visitor } from './show-case.ts';

/** A row of an earlier form, as the address of the result page names it. It is looked up, and not believed. */
export interface EarlierRow {
  readonly userId: string;
  readonly caseNumber: number;
  readonly facts: string;
  readonly outcome: RowOutcome;
}

/** The outcome of a row: if an answer of this person is stored, that counts, whatever the address says. */
export interface ResultRow extends EarlierRow {
  /** Null if its case is not known. */
  readonly userName: string | null;
  /** The answer that this person gave to the question of this row; null if none is stored. */
  readonly decided: Decided | null;
  readonly shown: Shown;
}

/** The outcomes of the rows of an earlier form. */
export interface ReviewResult {
  readonly kind: 'result';
  /** Null if no row leads to a case of this person. */
  readonly visitor: Visitor | null;
  readonly rows: readonly ResultRow[];
}

/** Reads the outcomes of the rows of a form that was posted before. It changes nothing, so a reload repeats nothing. */
export async function showReview(
  ports: ReviewPorts,
  token: string,
  rows: readonly EarlierRow[],
): Promise<Refused | ReviewResult> {
  const claim = await ports.links.verify(token);
  if (claim === null || claim.scope !== 'list') {
    return { kind: 'refused', why: 'not-ours' };
  }
  if (ports.clock.now() > claim.expires) {
    return { kind: 'refused', why: 'expired' };
  }
  const many = forMany(ports, claim);
  const found = await Promise.all(rows.map((row) => resultOf(many, token, row)));
  const shown = found.map((row) => row.shown);
  const [first] = shown;
  if (first?.kind === 'refused' && shown.every(({ kind }) => kind === 'refused')) {
    return first;
  }
  const visitors = shown.map((one) => ('visitor' in one ? one.visitor : null));
  return { kind: 'result', visitor: visitors.find((one) => one !== null) ?? null, rows: found };
}

async function resultOf(ports: DecisionPorts, token: string, row: EarlierRow): Promise<ResultRow> {
  const { userId, caseNumber, facts } = row;
  const shown = await showCase(ports, token, { userId, caseNumber });
  const decided = shown.kind === 'refused' ? null : await ownAnswer(ports, shown.visitor, facts);
  return { ...row, outcome: outcomeOf(row, decided), decided, shown, userName: nameIn(shown) };
}

/** A page that says "recorded" of what is not stored would be the worst of all untruths. */
function outcomeOf({ outcome }: EarlierRow, decided: Decided | null): RowOutcome {
  if (decided !== null) {
    return 'recorded';
  }
  return outcome === 'recorded' ? 'failed' : outcome;
}

/** The decision that this person gave to a question; null if none is stored. */
async function ownAnswer(
  ports: DecisionPorts,
  { approver, asked }: Visitor,
  facts: string,
): Promise<Decided | null> {
  const stored = await ports.store.request(asked.account, asked.userId, facts);
  if (stored === null || 'newer' in stored || !isChoosing(stored.ask)) {
    return null;
  }
  const decided = attributed(ports, asked, stored);
  return decided.by === approver.id ? decided : null;
}

function nameIn(shown: Shown): string | null {
  switch (shown.kind) {
    case 'refused':
      return null;
    case 'settled':
      return shown.current?.userName ?? null;
    case 'unread':
      return shown.unread.userName;
    case 'found':
      return shown.view.current.userName;
  }
}
