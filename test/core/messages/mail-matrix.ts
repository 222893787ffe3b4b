/** Each mail under each setting and, if it has a proposal, with each confidence: that no sentence is true under some of them only. */
import type { Case, NoticeKind } from '../../../functions/core/case/case.ts';
import type { NoticeContext } from '../../../functions/core/messages/context.ts';
import type { Deletion, Policy } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import type { Confidence } from '../../../functions/core/proposal/reason.ts';
import {
  aCase,
  aDecision,
  inGrace,
  key,
  NEWER,
  NOW,
  newer,
  OLDER,
  older,
  THIRD,
  used,
} from '../../fakes/cases.ts';
import { ESCALATING, mailOf, WITHOUT_USAGE } from './mail-variants.ts';

/** Keys about which a proposal has this confidence. */
const KEYS: Readonly<Record<Confidence, Case['keys']>> = {
  high: [
    key(NEWER, 'Active', { created: plus(NOW, -200 * DAY), lastUsed: used(plus(NOW, -2 * HOUR)) }),
    key(OLDER, 'Active', { created: plus(NOW, -600 * DAY), lastUsed: used(plus(NOW, -190 * DAY), 'STS') }),
  ],
  medium: [newer(), older()],
  low: [newer(), key(THIRD, 'Active', { lastUsed: used(plus(NOW, -5 * HOUR), 'dynamodb', 'us-east-1') })],
};

const SETTINGS: Readonly<Record<Deletion | 'usage off' | 'observe', Policy>> = {
  'after-grace': ESCALATING,
  'usage off': WITHOUT_USAGE,
  'on-confirmation': { ...ESCALATING, deletion: 'on-confirmation' },
  never: { ...ESCALATING, deletion: 'never' },
  observe: { ...ESCALATING, mode: 'observe' },
};

const WHY: Readonly<Partial<Record<NoticeKind, Partial<Case>>>> = {
  'asked-again': { askedAgain: { code: 'keys-changed' }, asking: 3 },
  restored: { askedAgain: { code: 'restored', by: 'platform-lead' }, asking: 3 },
  escalated: { toldAt: plus(NOW, -7 * DAY), escalatedAt: NOW },
  reminder: { toldAt: plus(NOW, -3 * DAY) },
};

const QUESTIONS = ['detected', 'reminder', 'escalated', 'asked-again', 'restored'] as const;
const GRACE = ['deactivated', 'deletion-announced', 'confirm-deletion', 'held', 'closed'] as const;

/** What a case of these mails is like; `deletion` is how people were told that keys are deleted. */
function graceCase(kind: (typeof GRACE)[number], deletion: Deletion): Case {
  // A confirmation that was asked for is one of the terms.
  const terms = {
    grace: 7 * DAY,
    deletion: kind === 'confirm-deletion' ? ('on-confirmation' as const) : deletion,
  };
  const ends = kind === 'deactivated' ? 7 * DAY - HOUR : DAY;
  const off = { deactivated: plus(NOW, ends - 7 * DAY), graceEnds: plus(NOW, ends) };
  const current = inGrace(off, { decision: aDecision({ terms }) });
  const more: Readonly<Record<(typeof GRACE)[number], Partial<Case>>> = {
    deactivated: {},
    'deletion-announced': {},
    'confirm-deletion': { phase: 'awaiting-confirmation', toldAt: NOW, remindedAt: NOW },
    held: {
      phase: 'held',
      heldFor: 'used-after-deactivation',
      askedAgain: { code: 'in-use', keyId: OLDER },
      keys: [newer(), { ...older('Inactive'), lastUsed: used(plus(NOW, -HOUR), 'STS') }],
    },
    closed:
      deletion === 'never'
        ? { phase: 'closed', closedAs: 'deactivated' }
        : {
            phase: 'closed',
            closedAs: 'remediated',
            keys: [newer()],
            progress: { [OLDER]: { deleted: NOW } },
          },
  };
  return { ...current, ...more[kind] };
}

/** The mails by the name of their golden file, one below the other; a name for each in it. */
export const MATRIX: Readonly<Record<string, Readonly<Record<string, NoticeContext>>>> = {
  ...Object.fromEntries(
    QUESTIONS.map((kind) => [
      kind,
      Object.fromEntries(
        Object.entries(SETTINGS).flatMap(([setting, policy]) =>
          Object.entries(KEYS).map(([confidence, keys]) => [
            `${setting}, confidence ${confidence}`,
            mailOf(kind, aCase({ toldAt: NOW, remindedAt: NOW, keys, ...WHY[kind] }), { policy }),
          ]),
        ),
      ),
    ]),
  ),
  ...Object.fromEntries(
    GRACE.map((kind) => [
      kind,
      Object.fromEntries(
        Object.entries(SETTINGS).map(([setting, policy]) => [
          setting,
          mailOf(kind, graceCase(kind, policy.deletion), { policy }),
        ]),
      ),
    ]),
  ),
};
