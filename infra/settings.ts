/**
 * Reads the settings of a deployment (settings-source.ts says from where) and checks the rules that apply only to
 * deployments.
 */
import type { Node } from 'constructs';
import { REGIONS } from '../functions/contracts/fixed-names.ts';
import {
  durationSeconds,
  formerSettingsIn,
  parseSettings,
  type Settings,
} from '../functions/contracts/settings.ts';
import { documentFrom, SettingsRefused } from './settings-source.ts';

export { SettingsRefused } from './settings-source.ts';

/** With less than a day, a restore might no longer be possible when somebody reads the mail about it. */
const GRACE_FLOOR = durationSeconds('P1D');

/** StartConfigRulesEvaluation refuses a second start within this time (fact config-restart). */
const REFRESH_FLOOR = durationSeconds('PT1M');

/** The domains that RFC 2606 reserves for examples and tests. Mail to them reaches nobody. */
const EXAMPLE_DOMAIN = /@(?:[^@]+\.)?(?:example(?:\.(?:com|net|org))?|test|invalid|localhost)$/i;

/**
 * True if the app is for the sandbox. `-c` passes strings, cdk.json may contain a boolean. Any other value is
 * refused, so that a typing error does not silently relax a rule.
 */
export function isSandbox(app: Node): boolean {
  return isOn(app, 'solekey:sandbox');
}

function isOn(app: Node, flag: string): boolean {
  const context: unknown = app.tryGetContext(flag);
  if (context === undefined || context === false || context === 'false') {
    return false;
  }
  if (context === true || context === 'true') {
    return true;
  }
  const given = JSON.stringify(context);
  throw new SettingsRefused([`${flag}: must be true or false, not ${given}; for example -c ${flag}=true`]);
}

function deploymentProblems(settings: Settings, sandbox: boolean): string[] {
  const problems: string[] = [];
  const { grace, region, config } = settings;
  if (!sandbox && durationSeconds(grace) < GRACE_FLOOR) {
    problems.push(
      `grace: must be at least a day, not "${grace}", so that a mistake can be noticed; for example "P7D"`,
    );
  }
  if (!sandbox && durationSeconds(config.refreshEvery) < REFRESH_FLOOR) {
    problems.push(
      `config.refreshEvery: must be at least a minute, not "${config.refreshEvery}": AWS Config starts a rule at most once a minute; for example "PT1M"`,
    );
  }
  if (!REGIONS.includes(region)) {
    const regions = REGIONS.join(', ');
    problems.push(
      `region: must be one of ${regions}, not "${region}": IAM events appear only there; for example "us-east-1"`,
    );
  }
  return problems;
}

/** Approvers' addresses in example domains: fine for reading the template, wrong for a deployment. */
export function exampleAddresses(settings: Settings): string[] {
  return settings.approvers.filter(({ email }) => EXAMPLE_DOMAIN.test(email)).map(({ email }) => email);
}

/**
 * The approvers named by `-c withoutSubscription=ID,ID`. A deployment without their subscriptions makes CloudFormation forget
 * the ones that it made and that do not exist any more (ADR 028). An id that no approver has is refused: the deployment would
 * fail later, at the subscription that was meant.
 */
function withoutSubscription(app: Node, { approvers }: Settings): readonly string[] {
  const context: unknown = app.tryGetContext('withoutSubscription');
  if (context === undefined) {
    return [];
  }
  const named = String(context).split(',');
  const known = approvers.map(({ id }) => id);
  const strange = named.filter((id) => !known.includes(id));
  if (strange.length > 0) {
    throw new SettingsRefused([
      `withoutSubscription: no approver has the id "${strange.join('", "')}", only ${known.join(', ')}; for example -c withoutSubscription=${known[0]}`,
    ]);
  }
  return named;
}

/** The settings, and what the command line says about them. */
export interface ReadSettings {
  readonly settings: Settings;
  /** Settings that this release does not know, let through with `-c allowUnknownSettings=true`. They have no effect. */
  readonly ignored: readonly string[];
  /** One sentence about each setting under a name that a later release will not read. */
  readonly former: readonly string[];
  /** Ids of approvers whose address gets no subscription in this deployment. */
  readonly withoutSubscription: readonly string[];
}

/**
 * Reads and checks the settings of an app.
 * @param folder the folder of cdk.json, whose settings file counts; null for an app that is not made there
 * @throws SettingsRefused with every problem found. The rules for deployments are checked only if the document itself
 * is valid.
 */
export function readSettings(app: Node, folder: string | null = null): ReadSettings {
  const sandbox = isSandbox(app);
  // The sandbox has its own settings, whatever the reader deploys from the same folder.
  const written = documentFrom(app, sandbox ? null : folder);
  const parsed = parseSettings(written, isOn(app, 'allowUnknownSettings') ? 'ignore' : 'refuse');
  const problems = parsed.ok ? deploymentProblems(parsed.settings, sandbox) : parsed.problems;
  if (!parsed.ok || problems.length > 0) {
    throw new SettingsRefused(problems);
  }
  return {
    ...parsed,
    former: formerSettingsIn(written),
    withoutSubscription: withoutSubscription(app, parsed.settings),
  };
}
