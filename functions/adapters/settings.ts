import { durationSeconds, parseSettings, type Settings } from '../contracts/settings.ts';
import type { Approver, ConfigView, ExclusionRule, Policy } from '../core/model/policy.ts';

/** Put in by esbuild at synth: the settings document this function was deployed with, as base64 of its JSON. */
declare const SOLEKEY_SETTINGS_BASE64: string;

/** The settings this bundle was made with, as the core needs them. */
export function loadPolicy(): Policy {
  const parsed = parseSettings(document());
  if (!parsed.ok) {
    throw new Error(`The settings in this bundle are not valid: ${parsed.problems.join('; ')}`);
  }
  return policyOf(parsed.settings);
}

/** The document as shipped. What is wrong with it is not quoted: it holds people's addresses. */
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

/** What is left of an object of settings once every one of them was taken: a setting that nobody takes does not compile. */
type NothingLeft = Readonly<Record<string, never>>;

/** Durations become seconds once, here. Every setting is taken here, or named as one that only the template reads. */
export function policyOf(settings: Settings): Policy {
  const {
    // Read at synth alone.
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
    exclusionsCountAsCompliant,
    config: viewOf(config),
  };
}

/** Addresses are compared in lower case everywhere. */
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

/** `every` is how often AWS Config itself starts the rule: only the template reads it. */
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
