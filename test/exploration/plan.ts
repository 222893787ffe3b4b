import { FAULTS, type Fault } from './faults.ts';
import type { Stage } from './stage.ts';

/** One call of a calm run. */
export interface Site {
  site: string;
  /** Number of the invocation that made it. */
  by: number;
  /** Whether the call changed anything outside the invocation. */
  effect: boolean;
}

/** One run to make: this call, this fault. */
export interface Strike {
  at: number;
  site: string;
  fault: Fault;
}

/** Everything, also what is the same by construction: `SOLEKEY_EXPLORE=all`. */
const ALL = process.env.SOLEKEY_EXPLORE === 'all';

/** Notes for each call of a run who made it and whether it changed anything. */
export function notesOn(stage: Stage): Site[] {
  const sites: Site[] = [];
  const invocations = new Map<object, number>();
  stage.intercept = async ({ n, site, by }, make) => {
    const number = invocations.get(by) ?? invocations.size;
    invocations.set(by, number);
    const noted: Site = { site, by: number, effect: false };
    sites[n] = noted;
    const before = stage.changes();
    try {
      return await make();
    } finally {
      noted.effect = stage.changes() !== before;
    }
  };
  return sites;
}

/**
 * The runs that a scenario wants. Left out is only what cannot differ: of calls without effect in a row by one
 * invocation a crash is tried once; a call without effect cannot be lost after it took effect; and what an earlier
 * scenario already struck, as long as both ran alike.
 */
export function strikesFor(sites: readonly Site[], earlier: readonly (readonly Site[])[]): Strike[] {
  return sitesNotIn(sites, earlier).flatMap((at) => {
    const { site, by, effect } = sites[at] ?? { site: '', by: -1, effect: false };
    const before = sites[at - 1];
    const sameAsBefore = before?.by === by && !before.effect;
    const faults = FAULTS.filter((fault) => {
      if (ALL) return true;
      if (fault === 'crash-before') return !sameAsBefore;
      if (fault === 'asleep') return effect || STALE_READS.some((read) => site.endsWith(read));
      return effect || fault === 'late-answer' || fault === 'fails-before';
    });
    return faults.map((fault) => ({ at, site, fault }));
  });
}

/** The calls after which a run goes another way than all earlier ones. */
export function sitesNotIn(sites: readonly Site[], earlier: readonly (readonly Site[])[]): number[] {
  const from = ALL ? 0 : Math.max(0, ...earlier.map((other) => inCommon(sites, other)));
  return [...sites.keys()].filter((at) => at >= from);
}

/** Reads that a pass acts on much later, when it slept over them. */
const STALE_READS = ['cases.load', 'iam.keys', 'cases.request'];

function inCommon(a: readonly Site[], b: readonly Site[]): number {
  const differs = a.findIndex(({ site, by, effect }, n) => {
    const other = b[n];
    return other?.site !== site || other.by !== by || other.effect !== effect;
  });
  return differs === -1 ? a.length : differs;
}
