import type { Case } from '../../functions/core/case/case.ts';
import type { KeepDecision, NoneDecision, NotNowDecision } from '../../functions/core/case/decision.ts';
import type { DroppedAnswer } from '../../functions/core/case/dropped.ts';
import type { Granted } from '../../functions/core/case/exception.ts';
import type { KeyProgress, Restoring } from '../../functions/core/case/progress.ts';
import {
  addressMark,
  type NewCaseClaim,
  type NewListClaim,
  type NewReportClaim,
} from '../../functions/core/case/requests.ts';
import type { KeyStatus, LastUsed, ObservedKey } from '../../functions/core/model/observation.ts';
import type { Mode, Policy } from '../../functions/core/model/policy.ts';
import { DAY, HOUR, type Instant, MINUTE, plus } from '../../functions/core/model/time.ts';

export const NOW: Instant = '2026-11-23T16:10:00.000Z';
export const ACCOUNT = '123456789012';
export const USER_ID = 'AIDACKCEVSQ6C2EXAMPLE';
/** Created 21 days ago, used two hours ago. */
export const NEWER = 'AKIAIOSFODNN7EXAMPLE';
/** Created long ago, used 43 days ago. */
export const OLDER = 'AKIAI44QH8DHBEX13QXK';
export const THIRD = 'AKIAI44QH8DHBEX1R7WZ';

export const POLICY: Policy & { readonly mode: Mode } = {
  accountName: 'prod-payments',
  mode: 'enforce',
  approvers: [
    { id: 'sec-lead', name: 'Security lead', email: 'security@example.com' },
    { id: 'platform-lead', name: 'Platform lead', email: 'platform@example.com' },
  ],
  escalation: [],
  notifyAfter: MINUTE,
  settle: MINUTE,
  rotationWindow: 7 * DAY,
  remindEvery: 3 * DAY,
  escalateAfter: 7 * DAY,
  linkValidity: 14 * DAY,
  decisionValid: 7 * DAY,
  grace: 7 * DAY,
  deletionNotice: DAY,
  quietPeriod: DAY,
  exceptionMaximum: 90 * DAY,
  deletion: 'after-grace',
  exclude: { tag: null, users: [] },
  changesPerHour: 1000,
  selfApproval: false,
  changeWindow: null,
  trustedCreators: ['role/*', 'user/*'],
  ownerTags: ['Owner', 'Team', 'Application'],
  usage: null,
  signOffEvery: 90 * DAY,
  digest: { at: { hour: 7, minute: 0 }, zone: 'UTC' },
  countAsCompliant: [],
  config: { refreshEvery: 60, maxRunsPerDay: 24 },
};

export function used(at: Instant, service = 'S3', region = 'eu-west-1'): LastUsed {
  return { kind: 'used', at, service, region };
}

export function key(id: string, status: KeyStatus = 'Active', more: Partial<ObservedKey> = {}): ObservedKey {
  return { id, status, created: plus(NOW, -300 * DAY), lastUsed: { kind: 'never' }, ...more };
}

export const newer = (status: KeyStatus = 'Active') =>
  key(NEWER, status, { created: plus(NOW, -21 * DAY), lastUsed: used(plus(NOW, -2 * HOUR)) });

export const older = (status: KeyStatus = 'Active') =>
  key(OLDER, status, { created: plus(NOW, -600 * DAY), lastUsed: used(plus(NOW, -43 * DAY), 'STS') });

/** A key in use for months, and one that has done nothing for eight. */
export const KEPT = key(NEWER, 'Active', {
  created: plus(NOW, -300 * DAY),
  lastUsed: used(plus(NOW, -2 * HOUR)),
});
export const IDLE = key(OLDER, 'Active', {
  created: plus(NOW, -600 * DAY),
  lastUsed: used(plus(NOW, -240 * DAY)),
});

/** An open case with two active keys that waits for a decision. */
export function aCase(more: Partial<Case> = {}): Case {
  const opened = plus(NOW, -2 * HOUR);
  return {
    account: ACCOUNT,
    userId: USER_ID,
    userName: 'ci-deploy',
    path: '/svc/',
    number: 3,
    version: 7,
    phase: 'awaiting-decision',
    phaseSince: opened,
    heldFor: null,
    closedAs: null,
    opened,
    asking: 1,
    askedAgain: null,
    keys: [newer(), older()],
    keysSeenAt: plus(NOW, -MINUTE),
    excluded: false,
    former: [],
    shownTerms: [{ mode: 'enforce', deletion: 'after-grace', grace: 7 * DAY }],
    progress: {},
    origins: {},
    decision: null,
    rotationFrom: plus(NOW, -21 * DAY),
    toldAt: opened,
    remindedAt: opened,
    escalatedAt: null,
    owed: [],
    missingSince: null,
    compliantSince: null,
    unknownSince: null,
    lease: null,
    ...more,
  };
}

export function aDecision(more: Partial<KeepDecision> = {}): KeepDecision {
  return {
    digest: '0'.repeat(64),
    kind: 'keep',
    by: 'platform-lead',
    address: addressMark('platform@example.com'),
    at: plus(NOW, -HOUR),
    keep: NEWER,
    deactivate: [OLDER],
    remove: [OLDER],
    shownActive: [NEWER, OLDER],
    acknowledged: [],
    shownUse: {},
    terms: { grace: 7 * DAY, deletion: 'after-grace' },
    carriedOutAt: plus(NOW, -HOUR),
    confirmed: null,
    ...more,
  };
}

/** The decision to deactivate both keys. Its deletion needs a confirmation where usage is looked up. */
export function noneKept(more: Partial<NoneDecision> = {}): NoneDecision {
  return {
    digest: '0'.repeat(64),
    kind: 'none',
    by: 'platform-lead',
    address: addressMark('platform@example.com'),
    at: plus(NOW, -HOUR),
    deactivate: [NEWER, OLDER],
    remove: [NEWER, OLDER],
    shownActive: [NEWER, OLDER],
    acknowledged: [],
    shownUse: {},
    terms: { grace: 7 * DAY, deletion: 'after-grace' },
    carriedOutAt: plus(NOW, -HOUR),
    confirmed: null,
    ...more,
  };
}

/** The exception that leaves both keys as they are for thirty days, of which approvers know. */
export function notNow(more: Partial<NotNowDecision> = {}): NotNowDecision {
  return {
    digest: '0'.repeat(64),
    kind: 'not-now',
    by: 'platform-lead',
    address: addressMark('platform@example.com'),
    at: plus(NOW, -HOUR),
    spare: [NEWER, OLDER],
    until: plus(NOW, 30 * DAY),
    warnedAt: more.at ?? plus(NOW, -HOUR),
    deactivate: [],
    remove: [],
    shownActive: [NEWER, OLDER],
    acknowledged: [],
    shownUse: {},
    terms: { grace: 7 * DAY, deletion: 'after-grace' },
    carriedOutAt: plus(NOW, -HOUR),
    confirmed: null,
    commentDigest: 'c'.repeat(64),
    ...more,
  };
}

/** An exception as it is remembered. */
export function granted({ by, address, at, until, spare }: NotNowDecision, count = 1): Granted {
  return { by, address, at, until, spare, count };
}

/** A case in which both keys are left as they are. */
export function excepted(decision: Partial<NotNowDecision> = {}, more: Partial<Case> = {}): Case {
  const given = notNow(decision);
  return aCase({
    phase: 'exception',
    phaseSince: plus(NOW, -HOUR),
    decision: given,
    exceptions: [granted(given)],
    asking: 2,
    ...more,
  });
}

/** The exception that leaves two of three keys as they are: the third is deactivated. */
export function someSpared(more: Partial<NotNowDecision> = {}): NotNowDecision {
  return notNow({
    deactivate: [THIRD],
    remove: [THIRD],
    shownActive: [NEWER, OLDER, THIRD],
    ...more,
  });
}

/** A case in the grace period of the third key, which is off since an hour; the other two are left as they are. */
export function someOff(
  progress: KeyProgress = {},
  more: Partial<Case> = {},
  decision: Partial<NotNowDecision> = {},
): Case {
  const off = { deactivated: plus(NOW, -HOUR), graceEnds: plus(NOW, 7 * DAY - HOUR), ...progress };
  const given = someSpared(decision);
  return aCase({
    phase: 'grace',
    keys: [newer(), older(), key(THIRD, 'Inactive')],
    progress: { [THIRD]: off },
    decision: given,
    exceptions: [granted(given)],
    asking: 2,
    ...more,
  });
}

/** A case in its grace period in which all keys are off since an hour. */
export function allOff(progress: KeyProgress = {}, more: Partial<Case> = {}): Case {
  const off = { deactivated: plus(NOW, -HOUR), graceEnds: plus(NOW, 7 * DAY - HOUR), ...progress };
  return aCase({
    phase: 'grace',
    keys: [newer('Inactive'), older('Inactive')],
    progress: { [NEWER]: off, [OLDER]: off },
    decision: noneKept(),
    asking: 2,
    ...more,
  });
}

/** A case in its grace period: the older key is off since an hour. */
export function inGrace(progress: KeyProgress = {}, more: Partial<Case> = {}): Case {
  const off = { deactivated: plus(NOW, -HOUR), graceEnds: plus(NOW, 7 * DAY - HOUR), ...progress };
  return aCase({
    phase: 'grace',
    keys: [newer(), older('Inactive')],
    progress: { [OLDER]: off },
    decision: aDecision(),
    asking: 2,
    ...more,
  });
}

/** A case in its grace period after a decision that deactivated two keys: the older and the third. */
export function bothInactive(more: Partial<Case> = {}): Case {
  const current = inGrace({}, { decision: aDecision({ remove: [OLDER, THIRD] }), ...more });
  return {
    ...current,
    keys: [newer(), older('Inactive'), key(THIRD, 'Inactive')],
    progress: { ...current.progress, [THIRD]: { ...current.progress[OLDER] } },
  };
}

/** A case whose grace period is over: a person has to confirm the deletion of the older key. */
export function toConfirm(decision: Partial<KeepDecision> = {}): Case {
  return inGrace(
    { deactivated: plus(NOW, -8 * DAY), graceEnds: plus(NOW, -DAY), ...toldOf(plus(NOW, -2 * DAY)) },
    {
      phase: 'awaiting-confirmation',
      decision: aDecision({ terms: { grace: 7 * DAY, deletion: 'on-confirmation' }, ...decision }),
    },
  );
}

/** A claim as it is minted, which is also what a link of version 1 says. */
export function aClaim(more: Partial<NewCaseClaim> = {}): NewCaseClaim {
  return {
    scope: 'case',
    account: ACCOUNT,
    userId: USER_ID,
    caseNumber: 3,
    recipient: 'sec-lead',
    address: addressMark('security@example.com'),
    purpose: 'decide',
    expires: plus(NOW, 14 * DAY),
    ...more,
  };
}

/** The claim of a link to the list of the security lead. */
export function aListClaim(more: Partial<NewListClaim> = {}): NewListClaim {
  return {
    scope: 'list',
    account: ACCOUNT,
    recipient: 'sec-lead',
    address: addressMark('security@example.com'),
    purpose: 'list',
    expires: plus(NOW, 8 * DAY),
    ...more,
  };
}

/** The claim of the security lead's link to the report. */
export function aReportClaim(more: Partial<NewReportClaim> = {}): NewReportClaim {
  return { ...aListClaim(), scope: 'report', purpose: 'report', ...more };
}

/** The deletion of a key was announced to this approver then; `date` is the time of deletion in that mail. */
export function toldOf(
  at: Instant,
  date: Instant | null = null,
  to = { id: 'sec-lead', email: 'security@example.com' },
): KeyProgress {
  const announcedTo = { [to.id]: { address: addressMark(to.email), at, date } };
  return { announced: at, ...(date === null ? {} : { announcedFor: date }), announcedTo };
}

/** A decision of the security lead that was dropped because the user is excluded now. */
export function aDrop(more: Partial<DroppedAnswer> = {}): DroppedAnswer {
  return {
    number: 3,
    asking: 2,
    digest: '0'.repeat(64),
    kind: 'keep',
    by: 'sec-lead',
    address: addressMark('security@example.com'),
    at: plus(NOW, -HOUR),
    why: 'excluded',
    owed: true,
    ...more,
  };
}

/** A person asked for a key back, then. */
export function restoringSince(at: Instant): Restoring {
  return { by: 'sec-lead', address: addressMark('security@example.com'), at };
}

/** A confirmation as recorded. */
export function confirmedAt(at: Instant, by = 'sec-lead', email = 'security@example.com') {
  return { by, address: addressMark(email), at };
}
