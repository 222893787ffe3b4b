import { reservedIn } from '../../../../functions/core/inventory/reserved.ts';
import { DAY } from '../../../../functions/core/model/time.ts';
import { propose } from '../../../../functions/core/proposal/proposal.ts';
import type { Confidence } from '../../../../functions/core/proposal/reason.ts';
import type { History } from './generate.ts';

/** What a proposal is judged by. `iam`: neither usage nor tags. `usage`: no tags. */
export type Evidence = 'iam' | 'usage' | 'usage and tags';

/** What became of one history. `asks`: low, whatever key is named. */
export interface Outcome {
  readonly history: History;
  readonly confidence: Confidence;
  readonly said: 'right key' | 'wrong key' | 'asks';
  /** The key that the proposal names, at whatever confidence, is the right one. */
  readonly named: boolean;
}

/** What is proposed for a history with the default settings. */
export function outcomeOf(history: History, evidence: Evidence): Outcome {
  const { keys, usage, tags, now, right } = history;
  const proposal = propose(keys, {
    now,
    quietPeriod: DAY,
    rotationWindow: 7 * DAY,
    unexpected: {},
    exposed: {},
    back: {},
    ...(evidence === 'iam' ? {} : { usage }),
    ...(evidence === 'usage and tags' ? { reserved: reservedIn(tags) } : {}),
  });
  if (proposal === null) {
    throw new Error('every history has two active keys');
  }
  const { keep, confidence } = proposal;
  const named = keep === right;
  return {
    history,
    confidence,
    named,
    said: confidence === 'low' ? 'asks' : named ? 'right key' : 'wrong key',
  };
}

/** Counts over outcomes. */
export interface Score {
  readonly histories: number;
  /** No wrong key at medium or high; where asking is right, it asks. */
  readonly right: number;
  readonly wrongAtMedium: number;
  readonly wrongAtHigh: number;
  /** Of ordinary histories with a key to keep: all of them, and those for which the right key is proposed at medium or high. */
  readonly toKeep: number;
  readonly kept: number;
}

/** The counts over these outcomes. */
export function scoreOf(outcomes: readonly Outcome[]): Score {
  const count = (wanted: (one: Outcome) => boolean) => outcomes.filter(wanted).length;
  const wrongAt = (level: Confidence) =>
    count(({ said, confidence }) => said === 'wrong key' && confidence === level);
  const ordinary = ({ history: { situation, right } }: Outcome) =>
    situation.kind === 'ordinary' && right !== null;
  return {
    histories: outcomes.length,
    right: count(({ said }) => said !== 'wrong key'),
    wrongAtMedium: wrongAt('medium'),
    wrongAtHigh: wrongAt('high'),
    toKeep: count(ordinary),
    kept: count((one) => ordinary(one) && one.said === 'right key'),
  };
}
