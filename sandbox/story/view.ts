import { setTimeout as pause } from 'node:timers/promises';
import type { ViewLine } from '../gateway/config/service.ts';
import type { Launched } from '../launch/launch.ts';
import { type Comparison, type Compliance, compare, complianceOf, disagreement } from './compliance.ts';
import { readTruth } from './truth.ts';

/** Printed if there is no rule to compare with. */
export const NO_RULE = 'AWS Config was not compared: the template has no rule.';

const LOOK_EVERY_MS = 500;

/**
 * Waits until AWS Config shows this compliance type for a user, with this text in the annotation. Returns the
 * annotation.
 */
export async function waitUntilShown(
  { config }: Launched,
  userId: string | undefined,
  wanted: Compliance,
  inAnnotation: string,
  withinMs: number,
): Promise<string> {
  const fits = (line: ViewLine | undefined) =>
    line?.complianceType === wanted && (line.annotation ?? '').includes(inAnnotation);
  const look = () => config.view().find(({ resourceId }) => resourceId === userId);
  for (const deadline = Date.now() + withinMs; !fits(look()); await pause(LOOK_EVERY_MS)) {
    if (Date.now() > deadline) {
      const { complianceType = 'nothing', annotation = null } = look() ?? {};
      throw new Error(
        `AWS Config should show ${wanted} (${inAnnotation}), not ${complianceType} (${annotation})`,
      );
    }
  }
  return look()?.annotation ?? '';
}

/**
 * Waits, without running the rule, until AWS Config agrees with IAM about a user. Returns the compliance type shown.
 */
export async function waitUntilAgreed(
  { config, world }: Launched,
  userId: string,
  withinMs: number,
): Promise<Compliance | null> {
  for (const deadline = Date.now() + withinMs; ; await pause(LOOK_EVERY_MS)) {
    const users = await readTruth(world.emulators.motoUrl);
    const user = [...users.values()].find((one) => one.userId === userId);
    const problem = disagreement(userId, user, config.view());
    if (problem === undefined) {
      return complianceOf(user);
    }
    if (Date.now() > deadline) {
      throw new Error(problem);
    }
  }
}

/** Result of the final comparison. */
export interface FinalView extends Comparison {
  readonly runs: number;
  /** Number of evaluations for which AWS would charge. */
  readonly evaluations: number;
  /** Error of the last run; null if it succeeded. */
  readonly error: string | null;
}

/** Runs the rule once as its schedule would and compares all results with IAM; undefined if there is no rule. */
export async function finalView(
  { config, world }: Launched,
  played: readonly string[],
): Promise<FinalView | undefined> {
  if (config.rule === undefined) {
    return undefined;
  }
  const { error } = await config.runScheduled();
  const users = await readTruth(world.emulators.motoUrl);
  const comparison = compare([...users.values()], config.view(), played);
  return { ...comparison, runs: config.runs.length, evaluations: config.accepted, error };
}

/** The summary line about AWS Config under the final table. */
export function viewLine(view: FinalView | undefined): string {
  if (view === undefined) {
    return NO_RULE;
  }
  const { agreeing, compared, runs, evaluations, error } = view;
  const failed = error === null ? '' : ` The last run failed: ${error}`;
  return `AWS Config agrees for ${agreeing} of ${compared} users, after ${runs} runs and ${evaluations} evaluations.${failed}`;
}
