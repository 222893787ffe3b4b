import type { Log } from '../app/ports.ts';
import { durationSeconds, parseSettings, type Settings } from '../contracts/settings.ts';
import type { Approver, ConfigView, ExclusionRule, Policy } from '../core/model/policy.ts';

/** The settings document of the deployment, as base64 of its JSON. esbuild inserts it at synth. */
declare const SOLEKEY_SETTINGS_BASE64: string;

/**
 * The settings in this bundle, in the form that the core uses. Throws if they are not valid. A setting that this release
 * does not know is a warning in the log: the deployment let it through.
 */
export function loadPolicy(log: Pick<Log, 'warn'>): Policy {
  const parsed = parseSettings(document(), 'ignore');
  if (!parsed.ok) {
    throw new Error(`The settings in this bundle are not valid: ${parsed.problems.join('; ')}`);
  }
  if (parsed.ignored.length > 0) {
    log.warn('Settings that this release does not know have no effect', { settings: parsed.ignored });
  }
  return policyOf(parsed.settings);
}

/** The settings document in the bundle. Errors do not quote it, because it contains people's addresses. */
function document(): unknown {
  if (typeof SOLEKEY_SETTINGS_BASE64 !== 'string') {
    throw new Error('There are no settings in this bundle: SOLEKEY_SETTINGS_BASE64 is not defined.');
  }
  const json = Buffer.from(SOLEKEY_SETTINGS_BASE64, 'base64').toString('utf8');
  try {
    return JSON.parse(json);
  } catch {
    throw new Error('The settings in this bundle are not the base64 of a JSON document.');
  }
}

/** The rest of an object of settings after all were taken. A setting that nobody reads does not compile. */
type NothingLeft = Readonly<Record<string, never>>;

/**
 * Converts the settings for the core; durations become seconds. Every setting is either read here or named as one
 * that only the template uses.
 */
export function policyOf(settings: Settings): Policy {
  const {
    // Used only at synth.
    region: _region,
    publicUrl: _publicUrl,
    accountName,
    mode,
    approvers,
    notifyAfter,
    settle,
    rotationWindow,
    remindEvery,
    linkValidity,
    decisionValid,
    grace,
    deletionNotice,
    quietPeriod,
    escalation,
    escalateAfter,
    deletion,
    exclude,
    changesPerHour,
    trustedCreators,
    ownerTags,
    exclusionsCountAsCompliant,
    config,
    ...rest
  } = settings;
  rest satisfies NothingLeft;
  return {
    accountName,
    mode,
    approvers: approvers.map(approverOf),
    notifyAfter: durationSeconds(notifyAfter),
    settle: durationSeconds(settle),
    rotationWindow: durationSeconds(rotationWindow),
    remindEvery: durationSeconds(remindEvery),
    linkValidity: durationSeconds(linkValidity),
    decisionValid: durationSeconds(decisionValid),
    grace: durationSeconds(grace),
    deletionNotice: durationSeconds(deletionNotice),
    quietPeriod: durationSeconds(quietPeriod),
    escalation,
    escalateAfter: durationSeconds(escalateAfter),
    deletion,
    exclude: exclusionOf(exclude),
    changesPerHour,
    trustedCreators,
    ownerTags,
    exclusionsCountAsCompliant,
    config: viewOf(config),
  };
}

/** An approver of the settings. Addresses are in lower case, so that they can be compared. */
function approverOf({ id, name, email, ...rest }: Settings['approvers'][number]): Approver {
  rest satisfies NothingLeft;
  return { id, name, email: email.toLowerCase() };
}

function exclusionOf({ tag, users, ...rest }: Settings['exclude']): ExclusionRule {
  rest satisfies NothingLeft;
  return { tag: tag === null ? null : tagOf(tag), users };
}

function tagOf({ key, value, ...rest }: NonNullable<Settings['exclude']['tag']>): ExclusionRule['tag'] {
  rest satisfies NothingLeft;
  return { key, value };
}

/**
 * The view in AWS Config; null if it is off. `every` is used only by the template, because AWS Config itself runs the
 * schedule.
 */
function viewOf({
  rule,
  every: _every,
  refreshEvery,
  maxRunsPerDay,
  ...rest
}: Settings['config']): ConfigView | null {
  rest satisfies NothingLeft;
  const view = { refreshEvery: durationSeconds(refreshEvery), maxRunsPerDay };
  return { on: view, off: null }[rule];
}
