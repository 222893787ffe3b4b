import { durationSeconds, parseSettings, type Settings } from '../contracts/settings.ts';
import type { Policy } from '../core/model/policy.ts';

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

/** Durations become seconds once, here. */
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
    escalation: settings.escalation,
    escalateAfter: durationSeconds(settings.escalateAfter),
    deletion: settings.deletion,
    exclude: settings.exclude,
    changesPerHour: settings.changesPerHour,
    trustedCreators: settings.trustedCreators,
    exclusionsCountAsCompliant: settings.exclusionsCountAsCompliant,
    config:
      settings.config.rule === 'off'
        ? null
        : {
            refreshEvery: durationSeconds(settings.config.refreshEvery),
            maxRunsPerDay: settings.config.maxRunsPerDay,
          },
  };
}
