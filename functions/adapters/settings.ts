import { durationSeconds, parseSettings, type Settings } from '../contracts/settings.ts';
import type { Policy } from '../core/policy.ts';
import { DAY } from '../core/time.ts';

/** Put in by esbuild at synth: the settings document this function was deployed with, as base64 of its JSON. */
declare const SOLEKEY_SETTINGS_BASE64: string;

/** The settings this bundle was made with, as the core needs them. */
export function loadPolicy(): Policy {
  const json = Buffer.from(SOLEKEY_SETTINGS_BASE64, 'base64').toString('utf8');
  const parsed = parseSettings(JSON.parse(json));
  if (!parsed.ok) throw new Error(`The settings in this bundle are not valid: ${parsed.problems.join('; ')}`);
  return policyOf(parsed.settings);
}

/** Durations become seconds once, here. What later steps make settable has its neutral value. */
export function policyOf(settings: Settings): Policy {
  return {
    accountName: settings.accountName,
    mode: settings.mode,
    approvers: settings.approvers.map(({ id, name, email }) => ({ id, name, email: email.toLowerCase() })),
    notifyAfter: durationSeconds(settings.notifyAfter),
    settle: durationSeconds(settings.settle),
    rotationWindow: durationSeconds(settings.rotationWindow),
    remindEvery: durationSeconds(settings.remindEvery),
    linkValidity: durationSeconds(settings.linkValidity),
    decisionValid: durationSeconds(settings.decisionValid),
    grace: durationSeconds(settings.grace),
    deletionNotice: durationSeconds(settings.deletionNotice),
    quietPeriod: durationSeconds(settings.quietPeriod),
    escalation: [],
    escalateAfter: 7 * DAY,
    deletion: 'after-grace',
    exclude: { tag: null, users: [] },
    changesPerHour: null,
  };
}
