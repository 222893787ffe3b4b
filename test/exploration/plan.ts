import type { IamReader } from '../../functions/app/ports.ts';
import type { CaseStore } from '../../functions/app/store-ports.ts';
import type { Lag } from '../fakes/iam.ts';
import { FAULTS, type Fault } from './faults.ts';
import type { Stage } from './stage.ts';

/** One call of a calm run. */
export interface Site {
  readonly site: string;
  /** Number of the invocation that made it. */
  readonly by: number;
  /** Whether the call changed anything outside the invocation. */
  effect: boolean;
  /** The world before it, but for times: what a repeated look at an unchanged user has in common with the look before. */
  readonly state: string;
}

/** One run to make: this call, this fault. */
export interface Strike {
  readonly at: number;
  readonly site: string;
  readonly fault: Fault;
}

/**
 * Of the calls without effect, and of mere delays, the default run strikes this share, each scenario others; of all else
 * that may happen to a call with effect everything.
 */
const MINOR_SHARE = 3;

/** Notes for each call of a run who made it and whether it changed anything. */
export function notesOn(stage: Stage): Site[] {
  const sites: Site[] = [];
  const invocations = new Map<object, number>();
  stage.intercept = async ({ n, site, by }, make) => {
    const number = invocations.get(by) ?? invocations.size;
    invocations.set(by, number);
    const noted: Site = { site, by: number, effect: false, state: stage.facts() };
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
 * The runs that a scenario wants. Left out is only what cannot differ but for times: a call without effect cannot be lost
 * after it took effect; a crash before a call is the crash after the one before it, unless calls run side by side; the
 * same call on the same facts is struck once (a look that finds nothing new); and what an earlier scenario already
 * struck, as long as both ran alike.
 */
export function strikesFor(sites: readonly Site[], earlier: readonly (readonly Site[])[]): Strike[] {
  return strikesAt(sites, sitesNotIn(sites, earlier), (at) => (at + earlier.length) % MINOR_SHARE === 0);
}

/** The same without any sampling: every fault at every call, but for those that cannot differ. */
export function allStrikes(sites: readonly Site[]): Strike[] {
  return strikesAt(sites, [...sites.keys()], () => true);
}

function strikesAt(
  sites: readonly Site[],
  among: readonly number[],
  withMinor: (at: number) => boolean,
): Strike[] {
  const struck = new Set<string>();
  return among.flatMap((at) => {
    const here = sites[at];
    if (here === undefined) {
      return [];
    }
    const begins = sites[at - 1]?.by !== here.by;
    const faults = FAULTS.filter((fault) => {
      const key = `${fault} ${here.site} ${here.state}`;
      if (struck.has(key) || !canDiffer(fault, here, begins)) {
        return false;
      }
      const minor = !here.effect || fault.startsWith('late-');
      if (minor && !withMinor(at)) {
        return false;
      }
      struck.add(key);
      return true;
    });
    return faults.map((fault) => ({ at, site: here.site, fault }));
  });
}

function canDiffer(fault: Fault, { site, effect }: Site, begins: boolean): boolean {
  if (fault === 'goes-back') {
    return LAGGING_READS.some((read) => site === `reconcile ${read}`);
  }
  if (fault === 'lands-later') {
    return site.includes(' iamWrites.');
  }
  if (effect) {
    return fault !== 'crash-before' || begins || / (publisher|links)\./.test(site);
  }
  if (fault === 'crash-before') {
    return begins;
  }
  if (fault === 'asleep') {
    return STALE_READS.some((read) => site.endsWith(read));
  }
  return fault === 'late-answer' || fault === 'fails-before';
}

/** The calls after which a run goes another way than all earlier ones. */
export function sitesNotIn(sites: readonly Site[], earlier: readonly (readonly Site[])[]): number[] {
  const from = Math.max(0, ...earlier.map((other) => inCommon(sites, other)));
  return [...sites.keys()].filter((at) => at >= from);
}

/** Reads that a pass acts on much later, when it slept over them. */
const STALE_READS: readonly (`cases.${keyof CaseStore}` | `iam.${keyof IamReader}`)[] = [
  'cases.load',
  'iam.keys',
  'cases.recorded',
];

/** Reads that may show IAM as it was some seconds ago. */
const LAGGING_READS: readonly `iam.${keyof Lag & keyof IamReader}`[] = [
  'iam.keys',
  'iam.user',
  'iam.lastUsed',
];

function inCommon(a: readonly Site[], b: readonly Site[]): number {
  const differs = a.findIndex(({ site, by, effect }, n) => {
    const other = b[n];
    return other?.site !== site || other.by !== by || other.effect !== effect;
  });
  return differs === -1 ? a.length : differs;
}
