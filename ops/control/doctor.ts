/** `doctor`: prints the results of checks, whoever made them, with hints about the usual causes outside Solekey. */
import { NotRead } from '../../functions/app/health-ports.ts';
import { EXIT, type Outcome, table } from './outcome.ts';
import type { Result } from './results.ts';

/** The result of one check. `runbook` is a heading of docs/operate.md. */
export type CheckResult = Result<'doctor'>['checks'][number];

const SIGNS = { fine: 'ok', broken: '!!', 'could-not-check': '??' } as const satisfies Record<
  CheckResult['outcome'],
  string
>;

/**
 * The outcome of a doctor's visit. `boundaries`: names of the stack's roles that have a permissions boundary. `deployed` is
 * false before a deployment.
 */
export function doctor(
  checks: readonly CheckResult[],
  { deployed, boundaries }: { readonly deployed: boolean; readonly boundaries: readonly string[] },
): Outcome<'doctor'> {
  const hints = hintsFor(checks, boundaries);
  const count = (outcome: CheckResult['outcome']) => checks.filter((one) => one.outcome === outcome).length;
  const [broken, unknown] = [count('broken'), count('could-not-check')];
  return {
    result: { deployed, checks: [...checks], hints },
    lines: [
      ...table(checks.map((one) => [SIGNS[one.outcome], one.name, one.says])),
      `${count('fine')} of ${checks.length} checks are fine${broken === 0 ? '' : `, ${broken} not`}${unknown === 0 ? '' : `, ${unknown} could not be made`}.`,
    ],
    notes: [
      ...checks
        .filter(({ outcome, runbook }) => outcome !== 'fine' && runbook !== null)
        .map(({ name, runbook }) => `${name}: see "${runbook}" in docs/operate.md.`),
      ...hints,
    ],
    code: broken > 0 ? EXIT.findings : unknown > 0 ? EXIT.unknown : EXIT.done,
  };
}

/** The usual causes outside Solekey, if the checks point at them. */
function hintsFor(checks: readonly CheckResult[], boundaries: readonly string[]): string[] {
  const denied = checks.some(({ says }) => /service control policy/i.test(says));
  const refused = checks.some(
    ({ outcome, says }) => outcome === 'could-not-check' && /not authorized|denied/i.test(says),
  );
  return [
    ...(boundaries.length === 0
      ? []
      : [
          `${boundaries.join(', ')}: ${boundaries.length === 1 ? 'this role has' : 'these roles have'} a permissions boundary. It must allow everything in docs/permissions.md, and kms:GenerateMac and kms:VerifyMac, too, although the policy of the key alone grants them.`,
        ]),
    ...(denied
      ? [
          'A service control policy denies calls. One that allows only some Regions must except IAM and allow the Region of this stack; one that allows only calls from your VPC must except the roles of Solekey, whose functions run outside it.',
        ]
      : []),
    ...(refused && !denied
      ? [
          'Some checks were denied to you, which says nothing about Solekey: try with a role that may read the account.',
        ]
      : []),
  ];
}

/** Makes a check. One that fails is a result, never an error of the command. */
export async function checked(
  name: string,
  runbook: string | null,
  make: () => Promise<Pick<CheckResult, 'outcome' | 'says'>>,
): Promise<CheckResult> {
  try {
    return { name, ...(await make()), runbook };
  } catch (error) {
    // The service's own words say more than a reader of health, which only says that there was no answer.
    const told = error instanceof NotRead ? error.cause : error;
    const says = told instanceof Error ? told.message : String(told);
    return { name, outcome: 'could-not-check', says: `could not be checked: ${says}`, runbook };
  }
}

/** A check that passed. */
export const fine = (says: string) => ({ outcome: 'fine', says }) as const;

/** A check that did not pass. */
export const broken = (says: string) => ({ outcome: 'broken', says }) as const;
