import type { Instant } from '../model/time.ts';
import {
  CHECKS,
  type Check,
  type Finding,
  NOT_CHECKED_HEADING,
  type Result,
  type Results,
} from './checks.ts';

/** A finding that has begun and not ended. */
export interface OpenFinding extends Finding {
  readonly check: Check;
  /** `unchecked`: the check could not be done, so it is not known if anything is wrong. */
  readonly kind: 'broken' | 'unchecked';
  readonly since: Instant;
  /** False while it waits for a second run, because a single call may fail. */
  readonly told: boolean;
}

/** The memory of health between two runs. */
export interface HealthState {
  /** Time of health's first run. */
  readonly watchingSince: Instant;
  readonly checkedAt: Instant;
  readonly waitingSince: Instant | null;
  /** Since when no run has found a state of sign-offs; null if the last one found it. */
  readonly noSignOffSince: Instant | null;
  readonly lastKeyEvent: Instant | null;
  /** Number of checks in the last run, and of those that were fine. */
  readonly checks: number;
  readonly fine: number;
  readonly open: readonly OpenFinding[];
}

/** The findings that operators are told of. */
export interface HealthNews {
  readonly began: readonly OpenFinding[];
  readonly ended: readonly OpenFinding[];
}

/** The findings that are open after a run, and those of them that are news. Each beginning and each end is news once. */
export function afterRun(
  before: readonly OpenFinding[],
  results: Results,
  now: Instant,
): { readonly open: readonly OpenFinding[]; readonly news: HealthNews } {
  const all = Object.entries(results) as [Check, Result][];
  const open = all.flatMap(([check, result]) => openAfter(check, result, before, now));
  const wasTold = before.filter(({ told }) => told);
  const known = new Set(wasTold.map(nameOf));
  const still = new Set(open.map(nameOf));
  return {
    open,
    news: {
      began: open.filter((one) => one.told && !known.has(nameOf(one))),
      ended: wasTold.filter((one) => !still.has(nameOf(one))),
    },
  };
}

function openAfter(
  check: Check,
  result: Result,
  before: readonly OpenFinding[],
  now: Instant,
): readonly OpenFinding[] {
  const earlier = before.filter((one) => one.check === check);
  switch (result.result) {
    case 'fine':
      return [];
    case 'broken':
      return result.findings.map((finding) => {
        const known = earlier.find(({ kind, about }) => kind === 'broken' && about === finding.about);
        return { ...finding, check, kind: 'broken', since: known?.since ?? now, told: true };
      });
    case 'could-not-check': {
      // What was broken counts as broken until a check says otherwise.
      const broken = earlier.filter(({ kind }) => kind === 'broken');
      const known = earlier.find(({ kind }) => kind === 'unchecked');
      return [
        ...broken,
        {
          check,
          kind: 'unchecked',
          about: '',
          words: `Solekey could not check ${CHECKS[check].subject}: ${WHY[result.why]}.`,
          heading: NOT_CHECKED_HEADING,
          since: known?.since ?? now,
          told: result.why !== 'no-answer' || known !== undefined,
        },
      ];
    }
  }
}

const WHY = {
  denied: 'its permission is missing or denied',
  'not-left': 'the survey has left nothing new about them for two days',
  'no-answer': 'there was no answer',
} as const satisfies Record<Extract<Result, { readonly result: 'could-not-check' }>['why'], string>;

/** The identity of a finding: two with the same name are the same finding at two times. */
function nameOf({ check, kind, about }: OpenFinding): string {
  return `${check} ${kind} ${about}`;
}
