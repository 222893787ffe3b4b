import type { AskedAgain, Case, NoticeKind } from '../../../functions/core/case/case.ts';
import { linkPurpose } from '../../../functions/core/case/notices.ts';
import type { NoticeContext } from '../../../functions/core/messages/context.ts';
import { type Deletion, type Policy, UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { reasonFor } from '../../../functions/core/words/self-pause.ts';
import { administrator, anAbout } from '../../fakes/about.ts';
import {
  aCase,
  aDecision,
  aDrop,
  allOff,
  excepted,
  inGrace,
  key,
  NEWER,
  NOW,
  newer,
  noneKept,
  OLDER,
  older,
  POLICY,
  someOff,
  THIRD,
  used,
} from '../../fakes/cases.ts';
import { family, usage } from '../../fakes/usage.ts';

export const LINK = 'https://keys.example.com/c/v1.eyJhIjoiMTIzNDU2Nzg5MDEyIn0.q8Zr';
const LOOK = LINK.replace('/c/', '/v/');

const SEC_LEAD = { id: 'sec-lead', name: 'Security lead', email: 'security@example.com' };
export const ESCALATING: Policy = { ...POLICY, escalation: ['platform-lead'], usage: [] };
const NOT_ESCALATING: Policy = { ...POLICY, usage: [] };
export const WITHOUT_USAGE: Policy = { ...ESCALATING, usage: null };
const OBSERVING: Policy = { ...ESCALATING, mode: 'observe' };
/** Now is a Monday. */
const CLOSED: Policy = {
  ...ESCALATING,
  changeWindow: {
    days: ['tue', 'wed', 'thu'],
    from: { hour: 10, minute: 0 },
    to: { hour: 17, minute: 0 },
    zone: 'Europe/Berlin',
  },
};
const SOME: Policy = { ...ESCALATING, mode: { only: { tag: null, users: ['svc/*'] } } };

/** The newer key in a pipeline, the older one on a laptop whose work the newer one does not do. */
const CI_AND_A_LAPTOP = {
  usage: {
    [NEWER]: usage([family({ agent: 'github-actions', service: 'ecs' })]),
    [OLDER]: usage([family({ agent: 'aws-cli', service: 'sts', last: plus(NOW, -43 * DAY) })], {
      keyId: OLDER,
    }),
  },
};

/** The report of AWS Health that a key is exposed. */
const reported = (keyId: string) => ({ keys: { [keyId]: { at: NOW } } });

/** What a mail is made from, with a link exactly where the product would mint one. */
export function mailOf(kind: NoticeKind, current: Case, more: Partial<NoticeContext> = {}): NoticeContext {
  const policy = more.policy ?? ESCALATING;
  const purpose = linkPurpose(kind, current, policy);
  const link = purpose === null ? null : purpose === 'view' ? LOOK : LINK;
  const about = { kind, current, policy, control: UNRESTRICTED, evidence: {}, now: NOW };
  return { ...about, recipient: SEC_LEAD, link, ...more };
}

const RETURNED = { number: 3, how: 'created-anew', keyId: OLDER, count: 2, at: NOW } as const;
const byDeployer = { [OLDER]: { createdBy: 'role/deployer', at: NOW } };

const third = () =>
  key(THIRD, 'Active', {
    created: plus(NOW, -400 * DAY),
    lastUsed: used(plus(NOW, -5 * HOUR), 'dynamodb', 'us-east-1'),
  });

const justTold = (more: Partial<Case> = {}) =>
  aCase({
    phaseSince: plus(NOW, -MINUTE),
    opened: plus(NOW, -MINUTE),
    toldAt: NOW,
    remindedAt: NOW,
    keysSeenAt: NOW,
    ...more,
  });

const madeBy = { [NEWER]: { createdBy: 'role/deployer', at: plus(NOW, -21 * DAY) } };

const WARY_OF = { trustedCreators: ['role/*'] };
const WARY: Policy = { ...ESCALATING, ...WARY_OF };

/** A rotation that was finished half a year ago. */
const settled = [
  key(NEWER, 'Active', { created: plus(NOW, -200 * DAY), lastUsed: used(plus(NOW, -2 * HOUR)) }),
  key(OLDER, 'Active', { created: plus(NOW, -600 * DAY), lastUsed: used(plus(NOW, -190 * DAY), 'STS') }),
];
const mallory = { [NEWER]: { createdBy: 'user/mallory', at: plus(NOW, -HOUR) } };

const byMallory = { [OLDER]: { createdBy: 'user/mallory', at: plus(NOW, -2 * DAY) } };

const byStranger = (more: Partial<Case> = {}) =>
  justTold({
    keys: [key(NEWER, 'Active', { created: plus(NOW, -HOUR) }), older()],
    origins: mallory,
    ...more,
  });

const rotating = (more: Partial<Case> = {}) =>
  justTold({
    phase: 'rotating',
    keys: [
      key(NEWER, 'Active', { created: plus(NOW, -2 * HOUR) }),
      key(OLDER, 'Active', { created: plus(NOW, -600 * DAY), lastUsed: used(plus(NOW, -HOUR), 'STS') }),
    ],
    rotationFrom: plus(NOW, -2 * HOUR),
    origins: { [NEWER]: { createdBy: 'user/ci-deploy', at: plus(NOW, -2 * HOUR) } },
    ...more,
  });

const threeDaysOn = (more: Partial<Case> = {}) => {
  const since = plus(NOW, -3 * DAY);
  return aCase({ phaseSince: since, opened: since, toldAt: since, remindedAt: since, ...more });
};

const again = (askedAgain: AskedAgain, more: Partial<Case> = {}) =>
  justTold({ asking: 3, askedAgain, keys: [newer(), older()], ...more });

const former = [
  { digest: '0'.repeat(64), keys: [newer(), key(OLDER, 'Inactive')], until: plus(NOW, -2 * MINUTE) },
];

/** What was recorded before a key was created. */
const newKey = [
  { digest: '0'.repeat(64), keys: [{ id: OLDER, status: 'Active' as const }], until: plus(NOW, -2 * MINUTE) },
];

/** What was recorded before a key came back. */
const offBefore = (...ids: string[]) => [
  {
    digest: '0'.repeat(64),
    keys: [NEWER, OLDER, THIRD].map((id) => ({
      id,
      status: ids.includes(id) ? ('Inactive' as const) : ('Active' as const),
    })),
    until: plus(NOW, -MINUTE),
  },
];

const off = { deactivated: plus(NOW, -HOUR), graceEnds: plus(NOW, 7 * DAY - HOUR) };

const twoOff = () =>
  inGrace(
    {},
    {
      keys: [newer(), older('Inactive'), { ...third(), status: 'Inactive' }],
      progress: { [OLDER]: off, [THIRD]: off },
      decision: aDecision({ deactivate: [OLDER, THIRD], remove: [OLDER, THIRD] }),
    },
  );

/** The older key, deactivated because somebody else may have it. */
const compromised = () =>
  inGrace({}, { compromised: [OLDER], decision: aDecision({ reason: 'compromised' }) });

/** Both keys, deactivated because the answer was to keep none. */
const noneLeft = (deletion: Deletion = 'on-confirmation') =>
  allOff({}, { decision: noneKept({ terms: { grace: 7 * DAY, deletion } }) });

export const lastDay = (current: Case): Case => {
  const ends = { deactivated: plus(NOW, -6 * DAY), graceEnds: plus(NOW, DAY) };
  const progress = Object.fromEntries(
    Object.entries(current.progress).map(([id, one]) => [id, { ...one, ...ends }]),
  );
  return { ...current, progress };
};

const noDeletion = (deletion: 'on-confirmation' | 'never') =>
  inGrace({}, { decision: aDecision({ terms: { grace: 7 * DAY, deletion } }) });

const wasUsed = (days: number) => ({ lastUsed: used(plus(NOW, -days * DAY), 'STS') });

/** As `inGrace`, with a key that was used until its deactivation. */
export const inUse = (more: Partial<Case> = {}) =>
  inGrace({}, { keys: [newer(), { ...older('Inactive'), ...wasUsed(7) }], ...more });

const twoInUse = (): Case => ({
  ...twoOff(),
  keys: [newer(), { ...older('Inactive'), ...wasUsed(7) }, { ...third(), status: 'Inactive', ...wasUsed(8) }],
});

/** A program in a network and a pipeline until the deactivation, and nothing of it with the other key since. */
const USED_TILL_THE_END = {
  usage: {
    [NEWER]: usage([family({ agent: 'github-actions', service: 'ecs' })]),
    [OLDER]: usage(
      [
        family({ service: 'sts', last: plus(NOW, -7 * DAY) }),
        family({ agent: 'github-actions', last: plus(NOW, -8 * DAY) }),
        family({ agent: 'terraform', service: 'iam', last: plus(NOW, -9 * DAY) }),
      ],
      { keyId: OLDER },
    ),
    [THIRD]: usage([family({ agent: 'aws-cli', service: 's3', last: plus(NOW, -9 * DAY) })], {
      keyId: THIRD,
    }),
  },
};

/** The same, looked up at another time, when the pipeline had been seen with the other key. */
const lookedUp = (after: number) => {
  const at = plus(NOW, after);
  const lookup = { kind: 'looked-up', at, back: plus(at, -90 * DAY) } as const;
  const { [OLDER]: before } = USED_TILL_THE_END.usage;
  const pipeline = family({ agent: 'github-actions', service: 'ecs', last: plus(at, -10 * MINUTE) });
  return { usage: { [NEWER]: usage([pipeline], { lookup }), [OLDER]: { ...before, lookup } } };
};

/** A case whose deletion a person is asked to confirm. */
const asked = (current: Case): Case => ({
  ...current,
  phase: 'awaiting-confirmation',
  decision:
    current.decision === null
      ? null
      : { ...current.decision, terms: { ...current.decision.terms, deletion: 'on-confirmation' } },
  toldAt: NOW,
  remindedAt: NOW,
});

const toConfirm = (more: Partial<Case>): Case => ({
  ...lastDay(noDeletion('on-confirmation')),
  phase: 'awaiting-confirmation',
  ...more,
});

/** The older key with its last use after its deactivation. */
const usedWhileOff = (hours: number) => ({
  ...older('Inactive'),
  lastUsed: used(plus(NOW, -hours * HOUR), 'STS'),
});

const held = (more: Partial<Case>) =>
  aCase({
    phase: 'held',
    phaseSince: plus(NOW, -MINUTE),
    keys: [newer(), older('Inactive')],
    progress: { [OLDER]: { deactivated: plus(NOW, -2 * DAY) } },
    ...more,
  });

const lostKeeper = (more: Partial<Case> = {}) =>
  held({
    heldFor: 'no-active-key',
    keys: [newer('Inactive'), older('Inactive')],
    askedAgain: { code: 'kept-key-gone', keyId: NEWER },
    ...more,
  });

const ended = (closedAs: Case['closedAs'], more: Partial<Case> = {}) =>
  aCase({ phase: 'closed', closedAs, keys: [newer()], ...more });

const deleted = {
  [OLDER]: { deactivated: plus(NOW, -7 * DAY), deleted: plus(NOW, -2 * MINUTE) },
  [THIRD]: { expired: plus(NOW, -DAY) },
};

const seconds: Policy = {
  ...ESCALATING,
  grace: 20,
  deletionNotice: 10,
  remindEvery: 5,
  escalateAfter: 30,
  rotationWindow: 15,
};

/** Every mail that a person may get, by the name of its golden file. */
export const VARIANTS: Readonly<Record<string, NoticeContext>> = {
  'detected-high': mailOf('detected', justTold({ keys: settled })),
  'detected-medium': mailOf('detected', justTold({ origins: madeBy })),
  'detected-low': mailOf('detected', justTold({ keys: [newer(), third()] }), { policy: NOT_ESCALATING }),
  'detected-usage': mailOf('detected', justTold({ keys: settled }), { evidence: CI_AND_A_LAPTOP }),
  'detected-usage-pipeline': mailOf('detected', justTold(), {
    evidence: {
      usage: {
        [NEWER]: usage([
          family({ agent: 'github-actions', last: plus(NOW, -2 * HOUR) }),
          family({ agent: 'aws-cli', last: plus(NOW, -DAY) }),
        ]),
        [OLDER]: usage([family({ service: 'sts', last: plus(NOW, -43 * DAY) })], { keyId: OLDER }),
      },
    },
  }),
  'detected-usage-not-looked-up': mailOf('detected', justTold(), { evidence: { usage: {} } }),
  'detected-three-keys': mailOf('detected', justTold({ keys: [newer(), older(), third()] })),
  'detected-never-used': mailOf('detected', justTold({ keys: [key(NEWER), key(OLDER)] })),
  'detected-made-by-one': mailOf(
    'detected',
    justTold({ origins: { ...madeBy, [OLDER]: { createdBy: 'role/deployer', at: plus(NOW, -600 * DAY) } } }),
  ),
  'detected-owner': mailOf(
    'detected',
    justTold({
      owners: [
        { key: 'Team', value: 'payments' },
        { key: 'Application', value: 'shop' },
      ],
    }),
  ),
  'detected-owner-on-the-page': mailOf(
    'detected',
    justTold({ owners: [{ key: 'Owner', value: 'alice@example.com' }] }),
  ),
  'urgent-detected-owner': mailOf('detected', byStranger({ owners: [{ key: 'Team', value: 'payments' }] }), {
    policy: WARY,
  }),
  'detected-observe': mailOf('detected', justTold({ origins: madeBy }), { policy: OBSERVING }),
  'detected-on-confirmation': mailOf('detected', justTold(), {
    policy: { ...ESCALATING, deletion: 'on-confirmation' },
  }),
  'detected-deletion-never': mailOf('detected', justTold(), { policy: { ...ESCALATING, deletion: 'never' } }),
  'detected-seconds': mailOf('detected', justTold(), { policy: seconds }),
  'detected-window-closed': mailOf('detected', justTold(), { policy: CLOSED }),
  'urgent-detected-window-closed': mailOf('detected', byStranger(), { policy: { ...CLOSED, ...WARY_OF } }),
  'confirm-deletion-window-closed': mailOf('confirm-deletion', asked(lastDay(inUse())), {
    policy: { ...CLOSED, usage: null },
  }),
  'detected-paused': mailOf('detected', justTold(), {
    control: { pauses: [{ from: plus(NOW, -HOUR), to: null }], revoked: [] },
  }),
  'detected-paused-itself': mailOf('detected', justTold(), {
    control: {
      pauses: [{ from: plus(NOW, -HOUR), to: null, reason: reasonFor({ kind: 'restore', users: 5 }) }],
      revoked: [],
    },
  }),
  'urgent-detected': mailOf('detected', byStranger(), { policy: WARY }),
  'detected-outside': mailOf('detected', justTold({ outside: true, origins: madeBy }), { policy: SOME }),
  'urgent-detected-observe': mailOf('detected', byStranger(), { policy: { ...OBSERVING, ...WARY_OF } }),
  'urgent-two-strangers': mailOf(
    'asked-again',
    byStranger({
      askedAgain: { code: 'keys-changed' },
      origins: { ...mallory, [OLDER]: { createdBy: 'root', at: plus(NOW, -DAY) } },
    }),
    { policy: WARY },
  ),
  'urgent-stranger-in-use': mailOf(
    'detected',
    justTold({ origins: mallory, keys: [newer(), older(), third()] }),
    {
      policy: WARY,
    },
  ),
  'urgent-stranger-with-one-off': mailOf(
    'asked-again',
    justTold({
      askedAgain: { code: 'keys-changed' },
      origins: mallory,
      keys: [newer(), older(), { ...third(), status: 'Inactive' }],
      progress: { [THIRD]: { deactivated: plus(NOW, -DAY) } },
    }),
    { policy: { ...OBSERVING, ...WARY_OF, mode: 'enforce' } },
  ),
  'urgent-reminder': mailOf('reminder', threeDaysOn({ origins: mallory }), { policy: WARY }),
  rotation: mailOf('rotation', rotating()),
  'rotation-observe': mailOf('rotation', rotating(), { policy: OBSERVING }),
  // The window ended before the mail could be sent.
  'rotation-over': mailOf('rotation', rotating({ rotationFrom: plus(NOW, -7 * DAY) })),
  'again-rotation': mailOf(
    'asked-again',
    rotating({ asking: 3, askedAgain: { code: 'keys-changed' }, former: newKey }),
  ),
  'restored-rotation': mailOf(
    'restored',
    rotating({ asking: 3, askedAgain: { code: 'restored', by: 'sec-lead' }, former: offBefore(OLDER) }),
  ),
  reminder: mailOf('reminder', threeDaysOn()),
  'reminder-reopened': mailOf('reminder', threeDaysOn({ reopenedAt: plus(NOW, -DAY) })),
  'reminder-observe': mailOf('reminder', threeDaysOn(), { policy: OBSERVING }),
  'reminder-escalated': mailOf('reminder', threeDaysOn({ escalatedAt: plus(NOW, -DAY) })),
  'reminder-to-be-escalated': mailOf('reminder', threeDaysOn(), {
    policy: { ...ESCALATING, escalation: ['platform-lead', 'sec-lead'] },
  }),
  'reminder-of-one-escalation': mailOf('reminder', threeDaysOn(), {
    policy: { ...ESCALATING, escalation: ['sec-lead'] },
  }),
  'reminder-held': mailOf(
    'reminder',
    lostKeeper({
      phaseSince: plus(NOW, -3 * DAY),
      keys: [{ ...newer('Inactive'), ...wasUsed(3) }, older('Inactive')],
      progress: { [OLDER]: { deactivated: plus(NOW, -5 * DAY) } },
    }),
  ),
  escalated: mailOf('escalated', threeDaysOn({ toldAt: plus(NOW, -7 * DAY), escalatedAt: NOW })),
  'escalated-observe': mailOf('escalated', threeDaysOn({ toldAt: plus(NOW, -7 * DAY), escalatedAt: NOW }), {
    policy: OBSERVING,
  }),
  // The escalation list was set after the question had been open for long.
  'escalated-overdue': mailOf('escalated', threeDaysOn({ toldAt: plus(NOW, -45 * DAY), escalatedAt: NOW })),
  'reminder-overdue': mailOf(
    'reminder',
    threeDaysOn({ toldAt: plus(NOW, -45 * DAY), escalatedAt: plus(NOW, -38 * DAY) }),
  ),
  'reminder-held-overdue': mailOf(
    'reminder',
    lostKeeper({
      phaseSince: plus(NOW, -31 * DAY),
      toldAt: plus(NOW, -31 * DAY),
      keys: [{ ...newer('Inactive'), created: plus(NOW, -90 * DAY), ...wasUsed(31) }, older('Inactive')],
      progress: { [OLDER]: { deactivated: plus(NOW, -33 * DAY) } },
    }),
  ),
  'escalated-held': mailOf(
    'escalated',
    held({
      heldFor: 'used-after-deactivation',
      askedAgain: { code: 'in-use', keyId: OLDER },
      phaseSince: plus(NOW, -7 * DAY),
      toldAt: plus(NOW, -7 * DAY),
      escalatedAt: NOW,
      keys: [newer(), usedWhileOff(7 * 24 + 1)],
      progress: { [OLDER]: { deactivated: plus(NOW, -9 * DAY) } },
    }),
  ),
  'again-keys-changed': mailOf('asked-again', again({ code: 'keys-changed' }, { former })),
  'again-keys-changed-dropped': mailOf(
    'asked-again',
    again({ code: 'keys-changed' }, { former, dropped: [aDrop({ why: 'keys-changed' })] }),
  ),
  'again-reactivated': mailOf('asked-again', again({ code: 'reactivated', keyId: OLDER })),
  'again-returned': mailOf(
    'asked-again',
    again({ code: 'reactivated', keyId: OLDER }, { returned: { ...RETURNED, how: 'reactivated' } }),
  ),
  'again-created-anew': mailOf('detected', justTold({ returned: RETURNED, origins: byDeployer })),
  'again-in-use': mailOf(
    'asked-again',
    again(
      { code: 'in-use', keyId: OLDER },
      { keys: [newer(), { ...older(), lastUsed: used(plus(NOW, -HOUR), 'STS') }] },
    ),
  ),
  'again-used-while-off': mailOf(
    'asked-again',
    again(
      { code: 'in-use', keyId: OLDER },
      { keys: [newer(), usedWhileOff(3)], progress: { [OLDER]: { deactivated: plus(NOW, -DAY) } } },
    ),
  ),
  'again-with-one-off': mailOf(
    'asked-again',
    again(
      { code: 'keys-changed' },
      {
        former: [{ digest: '0'.repeat(64), keys: [newer(), older('Inactive')], until: NOW }],
        keys: [newer(), older('Inactive'), third()],
        progress: { [OLDER]: { deactivated: plus(NOW, -DAY) } },
      },
    ),
  ),
  'again-kept-key-gone': mailOf(
    'asked-again',
    again(
      { code: 'kept-key-gone', keyId: NEWER },
      {
        keys: [newer('Inactive'), older('Inactive'), third()],
        progress: { [OLDER]: { deactivated: plus(NOW, -DAY) } },
      },
    ),
  ),
  'again-decision-expired': mailOf('asked-again', again({ code: 'decision-expired' })),
  'again-approver-removed': mailOf('asked-again', again({ code: 'approver-removed', by: 'former-lead' })),
  'again-exclusion-ended': mailOf('asked-again', again({ code: 'exclusion-ended' })),
  restored: mailOf(
    'restored',
    again({ code: 'restored', by: 'platform-lead' }, { former: offBefore(OLDER) }),
  ),
  'restored-by-nobody-known': mailOf('restored', again({ code: 'restored', by: '' })),
  'restored-observe': mailOf(
    'restored',
    again({ code: 'restored', by: 'platform-lead' }, { former: offBefore(OLDER) }),
    { policy: OBSERVING },
  ),
  'restored-one-of-two': mailOf(
    'restored',
    again(
      { code: 'restored', by: 'sec-lead' },
      {
        keys: [older(), { ...third(), status: 'Inactive' }],
        progress: { [THIRD]: off },
        former: offBefore(OLDER, THIRD),
      },
    ),
  ),
  'detected-exposed': mailOf('detected', justTold({ exposed: reported(OLDER) })),
  'detected-exposed-in-use': mailOf('detected', justTold({ exposed: reported(NEWER) })),
  'detected-exposed-and-unexpected': mailOf(
    'detected',
    justTold({ exposed: reported(NEWER), origins: byMallory }),
    { policy: WARY },
  ),
  'detected-quarantined': mailOf('detected', justTold({ exposed: { keys: {}, quarantined: { at: NOW } } })),
  'reminder-exposed': mailOf(
    'reminder',
    justTold({ exposed: { ...reported(NEWER), keys: { ...reported(NEWER).keys, ...reported(OLDER).keys } } }),
  ),
  'detected-exposed-observe': mailOf('detected', justTold({ exposed: reported(OLDER) }), {
    policy: OBSERVING,
  }),
  'deactivated-exposed': mailOf('deactivated', inGrace({}, { exposed: reported(OLDER) })),
  deactivated: mailOf('deactivated', inGrace()),
  // The mail had to wait, so that usage was looked up in the meantime.
  'deactivated-not-taken-over': mailOf('deactivated', inUse(), { evidence: lookedUp(-20 * MINUTE) }),
  'deactivated-owner': mailOf('deactivated', inGrace({}, { owners: [{ key: 'Team', value: 'payments' }] })),
  'deactivated-alarmed': mailOf('deactivated', inGrace({}, { origins: byMallory }), { policy: WARY }),
  'deactivated-compromised': mailOf('deactivated', compromised()),
  'deletion-announced-compromised': mailOf('deletion-announced', lastDay(compromised())),
  'deactivated-administrator': mailOf('deactivated', inGrace(), {
    evidence: { about: anAbout({ privilege: administrator('AdministratorAccess', 'IAMFullAccess') }) },
  }),
  'deactivated-own-key': mailOf('deactivated', inGrace({}, { decision: aDecision({ selfApproved: true }) })),
  'deactivated-own-key-compromised': mailOf('deactivated', {
    ...compromised(),
    decision: aDecision({ selfApproved: true, reason: 'compromised' }),
  }),
  'deactivated-two': mailOf('deactivated', twoOff()),
  'deactivated-observe': mailOf('deactivated', inGrace(), { policy: OBSERVING }),
  'deactivated-never': mailOf('deactivated', noDeletion('never')),
  'deactivated-seconds': mailOf(
    'deactivated',
    inGrace(
      { graceEnds: plus(NOW, 20) },
      { decision: aDecision({ terms: { grace: 20, deletion: 'after-grace' } }) },
    ),
    { policy: seconds },
  ),
  'deletion-announced': mailOf('deletion-announced', lastDay(inGrace())),
  'deletion-announced-taken-over': mailOf('deletion-announced', lastDay(inGrace()), {
    evidence: {
      usage: {
        [NEWER]: usage([family({ service: 'ecs' }), family()]),
        [OLDER]: usage([family({ last: plus(NOW, -43 * DAY) })], { keyId: OLDER }),
      },
    },
  }),
  'deletion-announced-partly': mailOf('deletion-announced', lastDay(inGrace()), {
    evidence: {
      usage: {
        [NEWER]: usage([family({ service: 'ecs' })]),
        [OLDER]: usage(
          [
            family({ service: 'ecs', last: plus(NOW, -43 * DAY) }),
            family({ agent: 'github-actions', service: 'ecs', last: plus(NOW, -8 * DAY) }),
            family({ agent: 'terraform', service: 'iam', last: plus(NOW, -9 * DAY) }),
            family({
              source: { kind: 'service', service: 'cloudformation.amazonaws.com' },
              last: plus(NOW, -9 * DAY),
            }),
          ],
          { keyId: OLDER },
        ),
      },
    },
  }),
  // Used until its deactivation, and not seen with the other key since: somebody may be asked first (S14).
  'deletion-announced-in-use': mailOf('deletion-announced', lastDay(inUse()), {
    evidence: USED_TILL_THE_END,
  }),
  'deletion-announced-in-use-not-looked-up': mailOf('deletion-announced', lastDay(inUse()), {
    evidence: { usage: {} },
  }),
  'deletion-announced-usage-off': mailOf('deletion-announced', lastDay(inUse()), { policy: WITHOUT_USAGE }),
  'deactivated-usage-off': mailOf('deactivated', inUse(), { policy: WITHOUT_USAGE }),
  'detected-usage-off': mailOf('detected', justTold(), { policy: WITHOUT_USAGE }),
  'deactivated-in-use': mailOf('deactivated', inUse(), { evidence: lookedUp(-DAY) }),
  'deletion-announced-two-in-use': mailOf('deletion-announced', lastDay(twoInUse()), {
    evidence: USED_TILL_THE_END,
  }),
  'confirm-deletion-in-use': mailOf('confirm-deletion', asked(lastDay(inUse())), {
    evidence: USED_TILL_THE_END,
  }),
  'confirm-deletion-in-use-not-looked-up': mailOf('confirm-deletion', asked(lastDay(inUse())), {
    evidence: { usage: {} },
  }),
  'confirm-deletion-usage-off': mailOf('confirm-deletion', asked(lastDay(inUse())), {
    policy: WITHOUT_USAGE,
  }),
  'confirm-deletion-in-use-escalated': mailOf(
    'escalated',
    { ...asked(lastDay(inUse())), toldAt: plus(NOW, -7 * DAY), escalatedAt: NOW },
    { evidence: USED_TILL_THE_END },
  ),
  'confirm-deletion-compromised': mailOf('confirm-deletion', asked(lastDay(compromised()))),
  'deactivated-none-kept': mailOf('deactivated', noneLeft()),
  'deactivated-none-kept-compromised': mailOf(
    'deactivated',
    allOff({}, { compromised: [NEWER, OLDER], decision: noneKept({ reason: 'compromised' }) }),
  ),
  'deactivated-none-kept-usage-off': mailOf('deactivated', noneLeft('after-grace'), {
    policy: WITHOUT_USAGE,
  }),
  'deactivated-none-kept-never': mailOf('deactivated', noneLeft('never')),
  'deletion-announced-none-kept': mailOf('deletion-announced', lastDay(noneLeft()), {
    evidence: USED_TILL_THE_END,
  }),
  'deletion-announced-none-kept-usage-off': mailOf('deletion-announced', lastDay(noneLeft('after-grace')), {
    policy: WITHOUT_USAGE,
  }),
  'confirm-deletion-none-kept': mailOf('confirm-deletion', asked(lastDay(noneLeft())), {
    evidence: USED_TILL_THE_END,
  }),
  'confirm-deletion-none-kept-escalated': mailOf(
    'escalated',
    { ...asked(lastDay(noneLeft())), toldAt: plus(NOW, -7 * DAY), escalatedAt: NOW },
    { evidence: USED_TILL_THE_END },
  ),
  'held-none-kept': mailOf('held', {
    ...lastDay(noneLeft()),
    keys: [{ ...newer('Inactive'), ...wasUsed(6) }, usedWhileOff(3)],
    phase: 'held',
    phaseSince: plus(NOW, -MINUTE),
    heldFor: 'used-after-deactivation',
    askedAgain: { code: 'in-use', keyId: OLDER },
  }),
  'closed-none-kept': mailOf(
    'closed',
    ended('remediated', {
      keys: [],
      decision: noneKept(),
      progress: { [NEWER]: deleted[OLDER], [OLDER]: deleted[OLDER] },
    }),
  ),
  'closed-none-kept-never': mailOf('closed', {
    ...noneLeft('never'),
    phase: 'closed',
    closedAs: 'deactivated',
  }),
  'restored-none-kept': mailOf(
    'restored',
    again(
      { code: 'restored', by: 'platform-lead' },
      { keys: [newer(), older('Inactive')], progress: { [OLDER]: off }, former: offBefore(NEWER, OLDER) },
    ),
  ),
  'exception-ending': mailOf('exception-ending', excepted({ until: plus(NOW, 8 * DAY) })),
  'exception-ending-observe': mailOf('exception-ending', excepted({ until: plus(NOW, 2 * DAY) }), {
    policy: OBSERVING,
  }),
  'exception-own-keys': mailOf('exception-ending', excepted({ selfApproved: true })),
  'exception-ending-over': mailOf('exception-ending', excepted({}, { decision: null })),
  'deactivated-exception': mailOf('deactivated', someOff()),
  'confirm-deletion-exception': mailOf(
    'confirm-deletion',
    someOff({}, { phase: 'awaiting-confirmation', toldAt: NOW, remindedAt: NOW }),
    { evidence: CI_AND_A_LAPTOP },
  ),
  'again-exception-ended': mailOf('asked-again', again({ code: 'exception-ended' })),
  'again-exception-alarm': mailOf('asked-again', again({ code: 'exception-alarm', keyId: OLDER })),
  'restored-compromised': mailOf(
    'restored',
    again({ code: 'restored', by: 'platform-lead' }, { former: offBefore(OLDER), compromised: [OLDER] }),
  ),
  'held-no-active-key-compromised': mailOf('held', lostKeeper({ compromised: [OLDER] })),
  'deletion-announced-two-not-looked-up': mailOf('deletion-announced', lastDay(twoOff()), {
    evidence: CI_AND_A_LAPTOP,
  }),
  'deletion-announced-two': mailOf('deletion-announced', lastDay(twoOff())),
  'deletion-announced-on-confirmation': mailOf('deletion-announced', lastDay(noDeletion('on-confirmation'))),
  'deletion-announced-confirmed': mailOf(
    'deletion-announced',
    toConfirm({
      decision: aDecision({
        terms: { grace: 7 * DAY, deletion: 'on-confirmation' },
        confirmed: { by: 'platform-lead', address: '', at: plus(NOW, -HOUR) },
      }),
    }),
  ),
  'deactivated-on-confirmation': mailOf('deactivated', noDeletion('on-confirmation')),
  'deactivated-two-never': mailOf('deactivated', {
    ...twoOff(),
    decision: aDecision({ remove: [OLDER, THIRD], terms: { grace: 7 * DAY, deletion: 'never' } }),
  }),
  'deactivated-never-observe': mailOf('deactivated', noDeletion('never'), { policy: OBSERVING }),
  'detected-administrator': mailOf('detected', justTold({ owners: [{ key: 'Team', value: 'payments' }] }), {
    evidence: { about: anAbout({ privilege: administrator('AdministratorAccess', 'IAMFullAccess') }) },
  }),
  'confirm-deletion-administrator': mailOf('confirm-deletion', toConfirm({ toldAt: NOW, remindedAt: NOW }), {
    evidence: { about: anAbout({ privilege: administrator('AdministratorAccess') }) },
  }),
  'confirm-deletion': mailOf('confirm-deletion', toConfirm({ toldAt: NOW, remindedAt: NOW })),
  'confirm-deletion-again': mailOf(
    'confirm-deletion',
    toConfirm({ toldAt: plus(NOW, -3 * DAY), remindedAt: NOW }),
  ),
  'confirm-deletion-not-taken-over': mailOf('confirm-deletion', toConfirm({ toldAt: NOW, remindedAt: NOW }), {
    evidence: CI_AND_A_LAPTOP,
  }),
  'confirm-deletion-two': mailOf('confirm-deletion', {
    ...lastDay(twoOff()),
    phase: 'awaiting-confirmation',
    decision: aDecision({
      deactivate: [OLDER, THIRD],
      remove: [OLDER, THIRD],
      terms: { grace: 7 * DAY, deletion: 'on-confirmation' },
    }),
    toldAt: NOW,
    remindedAt: NOW,
  }),
  'confirm-deletion-escalated': mailOf(
    'escalated',
    toConfirm({ toldAt: plus(NOW, -7 * DAY), escalatedAt: NOW }),
  ),
  'confirm-deletion-overdue': mailOf(
    'escalated',
    toConfirm({ toldAt: plus(NOW, -40 * DAY), escalatedAt: NOW }),
  ),
  'held-no-longer': mailOf('held', held({ phase: 'grace', heldFor: null, decision: aDecision() })),
  'held-unknown': mailOf(
    'held',
    held({ heldFor: 'unknown', keys: [newer(), older()], progress: {}, unknownSince: plus(NOW, -DAY) }),
  ),
  'held-no-active-key': mailOf('held', lostKeeper()),
  'held-no-key-at-all': mailOf(
    'held',
    lostKeeper({ keys: [], progress: { [OLDER]: { deactivated: plus(NOW, -8 * DAY), deleted: NOW } } }),
  ),
  'held-restore-by-hand': mailOf('held', held({ heldFor: 'restore-by-hand', excluded: true })),
  'held-restore-refused': mailOf(
    'held',
    held({
      heldFor: 'restore-by-hand',
      askedAgain: { code: 'restored', by: 'platform-lead' },
      progress: {
        [OLDER]: {
          deactivated: plus(NOW, -2 * DAY),
          refusedSince: plus(NOW, -3 * MINUTE),
          restoring: { by: 'platform-lead', address: '', at: plus(NOW, -4 * MINUTE) },
        },
      },
    }),
  ),
  'held-refused': mailOf(
    'held',
    held({
      heldFor: 'unknown',
      keys: [newer(), older()],
      decision: aDecision(),
      progress: { [OLDER]: { refusedSince: plus(NOW, -DAY) } },
    }),
  ),
  'held-restore-by-hand-outside': mailOf('held', held({ heldFor: 'restore-by-hand', outside: true }), {
    policy: SOME,
  }),
  'held-restore-by-hand-observe': mailOf('held', held({ heldFor: 'restore-by-hand' }), { policy: OBSERVING }),
  'held-restore-by-hand-two': mailOf(
    'held',
    held({ heldFor: 'restore-by-hand', excluded: true, keys: twoOff().keys, progress: twoOff().progress }),
  ),
  'held-used-after-deactivation': mailOf(
    'held',
    held({
      heldFor: 'used-after-deactivation',
      askedAgain: { code: 'in-use', keyId: OLDER },
      keys: [newer(), usedWhileOff(3)],
    }),
  ),
  'closed-remediated': mailOf(
    'closed',
    ended('remediated', {
      progress: deleted,
      decision: aDecision(),
      keys: [newer(), { ...third(), status: 'Expired' }],
    }),
  ),
  'closed-by-owner': mailOf('closed', ended('by-owner', { keys: [newer(), older('Inactive')] })),
  'closed-restored': mailOf(
    'closed',
    ended('by-restore', {
      keys: [older()],
      askedAgain: { code: 'restored', by: 'sec-lead' },
      former: offBefore(OLDER),
    }),
  ),
  'closed-restored-by-whom-is-not-known': mailOf(
    'closed',
    ended('by-owner', { keys: [older()], askedAgain: { code: 'restored', by: '' } }),
  ),
  'closed-no-key-left': mailOf('closed', ended('remediated', { keys: [], progress: deleted })),
  'closed-user-gone': mailOf('closed', ended('user-gone')),
  'closed-deactivated': mailOf('closed', {
    ...noDeletion('never'),
    phase: 'closed',
    closedAs: 'deactivated',
  }),
};
