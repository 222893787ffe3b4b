import { clockTime } from '../contracts/clock-time.ts';
import { durationSeconds } from '../contracts/duration.ts';
import { operatorAddresses } from '../contracts/operators.ts';
import type { Settings } from '../contracts/settings.ts';
import { addressMark } from '../core/case/requests.ts';
import type {
  AccountMode,
  Approver,
  ConfigView,
  DigestTime,
  Policy,
  UserRule,
} from '../core/model/policy.ts';
import type { ChangeWindow } from '../core/model/window.ts';
import { isZone, UTC } from '../core/model/zone.ts';

/** The settings document of the deployment, as base64 of its JSON. esbuild inserts it at synth. */
declare const SOLEKEY_SETTINGS_BASE64: string;

/** The release of this bundle, which esbuild inserts as well. */
declare const SOLEKEY_RELEASE: string;

/**
 * The settings in this bundle, in the form that the core uses. They are not validated here: the deployment did that and
 * put in the complete document (law 7), with the schema of this very release, and a cold start would pay for it
 * again. A document that did not come from there does not get far: the function does not start.
 */
export function loadPolicy(): Policy {
  return policyOf(document());
}

/** The settings that only health reads. */
export interface HealthSettings {
  /** In lower case, each once. */
  readonly operators: readonly string[];
  /** Regions whose AWS Config may record IAM users. */
  readonly recorderRegions: readonly string[];
}

/** The settings in this bundle that only health reads. */
export function loadHealthSettings(): HealthSettings {
  return healthSettingsOf(document());
}

/** The same, from the settings of a deployment. */
export function healthSettingsOf(settings: Settings): HealthSettings {
  const { region, config } = settings;
  return {
    operators: operatorAddresses(settings),
    recorderRegions: config.recorderRegions ?? [region],
  };
}

/** The release of this bundle; `unknown` outside one. */
export function loadRelease(): string {
  return typeof SOLEKEY_RELEASE === 'string' ? SOLEKEY_RELEASE : 'unknown';
}

/**
 * The settings in this bundle as records keep them: a mark in place of each mail address, because what is locked cannot be
 * erased. The marks are those of decisions.
 */
export function loadRecordedSettings(): Readonly<Record<string, unknown>> {
  return recordedSettingsOf(document());
}

/** The same, from the settings of a deployment. */
export function recordedSettingsOf({
  approvers,
  operators,
  ...others
}: Settings): Readonly<Record<string, unknown>> {
  return {
    ...others,
    approvers: approvers.map(({ email, ...approver }) => ({ ...approver, address: addressMark(email) })),
    operators: operators?.map((email) => addressMark(email)) ?? null,
  };
}

/** The settings document in the bundle. Errors do not quote it, because it contains people's addresses. */
function document(): Settings {
  if (typeof SOLEKEY_SETTINGS_BASE64 !== 'string') {
    throw new Error('There are no settings in this bundle: SOLEKEY_SETTINGS_BASE64 is not defined.');
  }
  const json = Buffer.from(SOLEKEY_SETTINGS_BASE64, 'base64').toString('utf8');
  try {
    return JSON.parse(json) as Settings;
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
    // Read by health alone (healthSettingsOf).
    operators: _operators,
    // Only the buckets of the stack depend on them.
    retention: _retention,
    objectLock: _objectLock,
    accountName,
    mode,
    only,
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
    exceptionMaximum,
    escalation,
    escalateAfter,
    deletion,
    exclude,
    changesPerHour,
    selfApproval,
    changeWindow,
    trustedCreators,
    ownerTags,
    usage,
    signOffEvery,
    digest,
    countAsCompliant,
    config,
    ...rest
  } = settings;
  rest satisfies NothingLeft;
  return {
    accountName,
    mode: modeOf(mode, only),
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
    exceptionMaximum: durationSeconds(exceptionMaximum),
    escalation,
    escalateAfter: durationSeconds(escalateAfter),
    deletion,
    exclude: ruleOf(exclude),
    changesPerHour,
    selfApproval,
    changeWindow: windowOf(changeWindow, digest.zone),
    trustedCreators,
    ownerTags,
    usage: usage === 'off' ? null : usage === 'on' ? [] : usage,
    signOffEvery: durationSeconds(signOffEvery),
    digest: digestOf(digest),
    countAsCompliant,
    config: viewOf(config),
  };
}

/** An approver of the settings. Addresses are in lower case, so that they can be compared. */
function approverOf({ id, name, email, mail, principals, ...rest }: Settings['approvers'][number]): Approver {
  rest satisfies NothingLeft;
  return { id, name, email: email.toLowerCase(), mail, principals };
}

/** The mode of the account. Where no key is changed, it does not matter whose could be. */
function modeOf(mode: Settings['mode'], only: Settings['only']): AccountMode {
  return only === null || mode === 'observe' ? mode : { only: ruleOf(only) };
}

function ruleOf({ tag, users, ...rest }: NonNullable<Settings['exclude' | 'only']>): UserRule {
  rest satisfies NothingLeft;
  return { tag: tag === null ? null : tagOf(tag), users };
}

function tagOf({ key, value, ...rest }: NonNullable<Settings['exclude']['tag']>): UserRule['tag'] {
  rest satisfies NothingLeft;
  return { key, value };
}

/**
 * When digests are mailed. The machine that deployed may know newer zones than the functions' runtime; in a zone that it
 * does not know, mails go by UTC rather than not at all.
 */
function digestOf({ at, zone, ...rest }: Settings['digest']): DigestTime {
  rest satisfies NothingLeft;
  return { at: clockTime(at), zone: isZone(zone) ? zone : UTC };
}

/**
 * The change window, on the clocks of the zone. In a zone that the functions' runtime does not know, nobody can say if it is open, so
 * it never is: nothing is deactivated or deleted, and restores go on.
 */
function windowOf(given: Settings['changeWindow'], zone: string): ChangeWindow | null {
  if (given === null) {
    return null;
  }
  const { days, from, to, ...rest } = given;
  rest satisfies NothingLeft;
  const times = { from: clockTime(from), to: clockTime(to) };
  return isZone(zone) ? { days, ...times, zone } : { days: [], ...times, zone: UTC };
}

/**
 * The view in AWS Config; null if it is off. `every` is used only by the template, because AWS Config itself runs the
 * schedule, and `recorderRegions` only by health.
 */
function viewOf({
  rule,
  every: _every,
  recorderRegions: _recorderRegions,
  refreshEvery,
  maxRunsPerDay,
  ...rest
}: Settings['config']): ConfigView | null {
  rest satisfies NothingLeft;
  const view = { refreshEvery: durationSeconds(refreshEvery), maxRunsPerDay };
  return { on: view, off: null }[rule];
}
