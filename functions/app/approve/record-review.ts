import type { Mistake } from '../../core/page/choice.ts';
import type { RowOutcome } from '../../core/page/review.ts';
import { namedTwice } from '../../core/page/review.ts';
import type { Wake } from '../wake.ts';
import type { DecisionPorts } from './open-question.ts';
import type { PostedGrounds } from './posted-answer.ts';
import { recordReady } from './record-decision.ts';
import {
  answerOf,
  type CheckedRows,
  checkRows,
  forMany,
  mistakesIn,
  openReview,
  type RefusedReview,
  type ReviewPorts,
  type RowAsked,
  type RowsAsked,
  readyRow,
  refusalOf,
} from './review.ts';
import type { Refused } from './show-case.ts';

/** The answer about several users, as posted. */
export interface PostedReview {
  readonly rows: RowsAsked;
  /** The number of keys typed; null if the text is anything else. */
  readonly count: number | null;
  readonly grounds: PostedGrounds;
}

/** A row, and its outcome. */
export interface DoneRow {
  readonly row: RowAsked;
  readonly outcome: RowOutcome;
}

/**
 * Result of an answer about several users. `wrong`: mistakes in the form, and nothing is stored · `done`: each row is stored
 * or refused by itself.
 */
export type RecordedReview =
  | Refused
  | RefusedReview
  | (CheckedRows & { readonly kind: 'wrong'; readonly mistakes: readonly Mistake[] })
  | {
      readonly kind: 'done';
      readonly rows: readonly DoneRow[];
      readonly unreadable: number;
      /** False if a wake was not sent, so that the work begins with the next regular evaluation. */
      readonly started: boolean;
    };

/**
 * Records the answers of several rows, each as the page of its case would: sealed with the link, stored alone, and the first
 * answer to its question wins. A row that cannot be recorded refuses itself and no other.
 */
export async function recordReview(
  ports: ReviewPorts,
  token: string,
  { rows, count, grounds }: PostedReview,
): Promise<RecordedReview> {
  const opened = await openReview(ports, token, rows);
  if (!('claim' in opened)) {
    return opened;
  }
  const wakes: Wake[] = [];
  const many: DecisionPorts = {
    ...forMany(ports, opened.claim),
    wakes: {
      async send(more) {
        wakes.push(...more);
      },
    },
  };
  const mistakes = mistakesIn({ count, grounds }, rows);
  if (mistakes.length > 0) {
    const checked = await checkRows(many, token, rows);
    return 'kind' in checked
      ? checked
      : { ...checked, kind: 'wrong', mistakes: mistakes.map((one) => recounted(one, checked)) };
  }
  const readable = rows.filter((row) => row !== null);
  const twice = namedTwice(readable);
  const outcomes = await Promise.all(
    readable.map((row) =>
      twice.has(row.userId) ? ('repeated' as const) : decideRow(many, token, row, grounds),
    ),
  );
  const [first] = outcomes;
  if (first !== undefined && typeof first === 'object' && outcomes.every((one) => typeof one === 'object')) {
    return first;
  }
  return {
    kind: 'done',
    rows: readable.map((row, place) => ({ row, outcome: outcomeOf(outcomes[place]) })),
    unreadable: rows.length - readable.length,
    started: await start(ports, wakes),
  };
}

/** A mistake as the page that is shown now means it: only its rows can be sent again. */
function recounted(mistake: Mistake, { ready }: CheckedRows): Mistake {
  return mistake.field === 'count'
    ? { ...mistake, keys: ready.reduce((sum, { row }) => sum + row.off.length, 0) }
    : mistake;
}

/** The outcome of a row; the refusal itself if its link leads nowhere. */
async function decideRow(
  ports: DecisionPorts,
  token: string,
  row: RowAsked,
  grounds: PostedGrounds,
): Promise<RowOutcome | Refused> {
  try {
    const ready = await readyRow(ports, token, row, grounds);
    if (ready.kind === 'refused') {
      return ready;
    }
    if (ready.kind === 'recorded') {
      return 'recorded';
    }
    if (ready.kind !== 'ready') {
      return refusalOf(ready);
    }
    const { proposal: _proposal, ...page } = ready;
    const done = await recordReady(ports, token, page, answerOf(row, grounds));
    return done.kind === 'recorded' ? 'recorded' : refusalOf(done);
  } catch (error) {
    // One row that could not be stored must not hide the outcomes of the others.
    ports.log.error('an answer among several was not stored', {
      userId: row.userId,
      error: error instanceof Error ? error.name : 'unknown',
    });
    ports.log.count('PageFailed');
    return 'failed';
  }
}

function outcomeOf(found: RowOutcome | Refused | undefined): RowOutcome {
  return typeof found === 'string' ? found : 'not-ours';
}

/** Sends the wakes of all rows, in as few calls as the queue allows. */
async function start({ wakes: queue, log }: ReviewPorts, wakes: readonly Wake[]): Promise<boolean> {
  if (wakes.length === 0) {
    return true;
  }
  try {
    await queue.send(wakes);
    return true;
  } catch (error) {
    log.error('wakes not sent', {
      users: wakes.length,
      error: error instanceof Error ? error.message : 'unknown',
    });
    log.count('WakeNotSent');
    return false;
  }
}
