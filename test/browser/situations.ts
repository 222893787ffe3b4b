import { encodePayload } from '../../functions/contracts/link.ts';
import type { Case } from '../../functions/core/case/case.ts';
import { addressMark, type ListPurpose, type NewCaseClaim } from '../../functions/core/case/requests.ts';
import { withNewerAnswer } from '../../functions/core/case/unread.ts';
import { sha256 } from '../../functions/core/model/digest.ts';
import type { Policy } from '../../functions/core/model/policy.ts';
import { DAY, HOUR, MINUTE, plus } from '../../functions/core/model/time.ts';
import { administrator, anAbout } from '../fakes/about.ts';
import {
  aCase,
  aClaim,
  aDecision,
  bothInactive,
  confirmedAt,
  IDLE,
  inGrace,
  key,
  NEWER,
  NOW,
  newer,
  OLDER,
  older,
  restoringSince,
  THIRD,
  toConfirm,
  used,
} from '../fakes/cases.ts';
import { unreached } from '../fakes/health.ts';
import type { Page } from '../fakes/page.ts';
import { family, usage } from '../fakes/usage.ts';

/** What a page's state is made of. */
export interface Setup {
  readonly current?: Case | null;
  readonly claim?: Partial<NewCaseClaim>;
  readonly list?: ListPurpose;
  readonly row?: boolean;
  readonly policy?: Partial<Policy>;
  readonly change?: Change;
  /** The form whose answer is the page. Its `facts` are those of the page, unless given. */
  readonly post?: Readonly<Record<string, string>>;
}

/** The longest user name that IAM knows, with nothing in it at which a line breaks by itself. */
const LONGEST_NAME = `svc_${'payments+reconciliation=worker@'.repeat(2)}`.slice(0, 64);

const KEPT = key(NEWER, 'Active', {
  created: plus(NOW, -60 * DAY),
  lastUsed: used(plus(NOW, -2 * HOUR)),
});
export const CLEAR = aCase({ keys: [KEPT, IDLE] });

export const IN_USE = aCase({
  keys: [newer(), { ...older(), lastUsed: used(plus(NOW, -HOUR), 'STS') }],
});

export const ROTATING = aCase({
  phase: 'rotating',
  keys: [
    key(NEWER, 'Active', { created: plus(NOW, -2 * HOUR) }),
    key(OLDER, 'Active', { created: plus(NOW, -600 * DAY), lastUsed: used(plus(NOW, -HOUR), 'STS') }),
  ],
  rotationFrom: plus(NOW, -2 * HOUR),
});

export const ASKED_AGAIN = aCase({
  keys: [newer(), key(THIRD), older('Inactive')],
  progress: { [OLDER]: { deactivated: plus(NOW, -DAY) } },
  askedAgain: { code: 'keys-changed' },
  asking: 3,
});

export const TO_CONFIRM = toConfirm();

export const CONFIRMED = { ...TO_CONFIRM, decision: aDecision({ confirmed: confirmedAt(NOW) }) };

export const EVERYTHING_KNOWN = aCase({
  userName: LONGEST_NAME,
  path: '/services/payments/reconciliation/',
  owners: [
    { key: 'Owner', value: 'payments-reconciliation-on-call@subsidiary.example.com' },
    { key: 'Application', value: 'x'.repeat(120) },
  ],
  origins: { [NEWER]: { createdBy: 'user/mallory', at: NOW } },
  progress: {},
});

export type Change = (world: Page) => void;
export const POLICIES: Readonly<Record<string, Partial<Policy>>> = {
  observe: { mode: 'observe' },
  confirm: { deletion: 'on-confirmation' },
  roles: { trustedCreators: ['role/*'], usage: [] },
};

export function known(world: Page): void {
  world.store.about = anAbout({ privilege: administrator('AdministratorAccess', 'PowerUserAccess') });
  world.store.usage = {
    at: NOW,
    keys: [
      usage([family(), family({ agent: 'github-actions', service: 'ecs' })]),
      usage([family({ agent: 'aws-cli', service: 'sts', last: plus(NOW, -43 * DAY) })], { keyId: OLDER }),
    ],
  };
  world.store.subscriptions = unreached('platform@example.com');
}

export const paused: Change = ({ store }) => {
  store.control = { ...store.control, pauses: [{ from: plus(NOW, -HOUR), to: null }] };
};

export function ordinary(world: Page): void {
  world.store.about = anAbout();
}

export function many(world: Page): void {
  ordinary(world);
  world.list.more = Array.from({ length: 30 }, (_, n) => ({
    current: aCase({
      userId: `AIDA${String(n).padStart(17, '0')}`,
      userName: n === 0 ? LONGEST_NAME : `user-${n}`,
      opened: plus(NOW, n * MINUTE),
      ...(n === 2 ? { phase: 'held', heldFor: 'no-active-key', keys: [] } : {}),
    }),
    usage: null,
    about: anAbout(n === 1 ? { privilege: administrator('AdministratorAccess') } : {}),
  }));
}

export const unread: Change = ({ ports }) => {
  const current = withNewerAnswer(inGrace(), 'quarantine');
  const control = { pauses: [], revoked: [] };
  ports.store.case = async () => ({ current, control, usage: null, about: null });
};

export const held = (heldFor: NonNullable<Case['heldFor']>, more: Partial<Case> = {}) =>
  inGrace({}, { phase: 'held', heldFor, ...more });
export const restoring = inGrace({ restoring: restoringSince(NOW) });

export const TWO_INACTIVE = bothInactive();

/** The longest comment, without a place at which a line breaks by itself. */
export const COMMENT = 'payments/'.repeat(56).slice(0, 500);

export const COMPROMISED = inGrace(
  {},
  {
    compromised: [OLDER],
    decision: aDecision({ reason: 'compromised', commentDigest: sha256(COMMENT) }),
  },
);

/** The comment of the decision that the page shows is stored. */
export const commented: Change = (world) => {
  known(world);
  world.store.comments.set(world.store.current?.decision?.digest ?? '', COMMENT);
};

/** Somebody else answered the same question first. */
export const answered: Change = (world) => {
  const other = { recipient: 'platform-lead', address: addressMark('platform@example.com') };
  const ask = { kind: 'keep' as const, keep: OLDER, off: [NEWER], acknowledged: [NEWER] };
  const digest = world.facts();
  const payload = encodePayload(aClaim(other));
  world.store.requests.set(digest, { digest, at: plus(NOW, -MINUTE), ask, payload, proof: 'theirs' });
};

/** The queue takes no messages, so what is recorded is not started. */
export const away: Change = (world) => {
  world.wakes.broken = true;
  world.mailLinks.broken = true;
};
