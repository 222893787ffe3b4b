import { encodePayload } from '../../functions/contracts/link.ts';
import { doneQuery } from '../../functions/contracts/list-query.ts';
import { readRow, rowText } from '../../functions/contracts/review-form.ts';
import type { Case } from '../../functions/core/case/case.ts';
import { questionDigest } from '../../functions/core/case/facts.ts';
import { addressMark, type ListPurpose, type NewCaseClaim } from '../../functions/core/case/requests.ts';
import { withNewerAnswer } from '../../functions/core/case/unread.ts';
import { sha256 } from '../../functions/core/model/digest.ts';
import type { Policy } from '../../functions/core/model/policy.ts';
import { DAY, HOUR, MINUTE, plus } from '../../functions/core/model/time.ts';
import { ROWS } from '../../functions/core/page/list.ts';
import { REFUSALS } from '../../functions/core/page/review.ts';
import type { Report } from '../../functions/core/validation/report.ts';
import { administrator, anAbout } from '../fakes/about.ts';
import {
  aCase,
  aClaim,
  aDecision,
  bothInactive,
  confirmedAt,
  excepted,
  granted,
  IDLE,
  inGrace,
  key,
  NEWER,
  NOW,
  newer,
  notNow,
  OLDER,
  older,
  restoringSince,
  someOff,
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
  /** The report behind a link to a report; null if there is none yet. */
  readonly report?: Report | null;
  /** True if that link has expired. */
  readonly expired?: boolean;
  readonly policy?: Partial<Policy>;
  readonly change?: Change;
  /** True if pages take the answers "not now" and "keep inactive until a date". Absent: as this release does. */
  readonly notNow?: boolean;
  /** The form whose answer is the page. Its `facts` are those of the page, unless given. */
  readonly post?: Readonly<Record<string, string>>;
  /** The rows of a form about several users, beside `post`. */
  readonly rows?: (world: Page) => readonly string[];
  /** What the address of a list says after the path. */
  readonly query?: (world: Page) => string;
}

/** The longest user name that IAM knows, with nothing in it at which a line breaks by itself. */
export const LONGEST_NAME = `svc_${'payments+reconciliation=worker@'.repeat(2)}`.slice(0, 64);

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

/** A key in use that its owner created long ago, and one that nobody has used for months: decided together with others. */
const SETTLED = {
  keys: [
    key(NEWER, 'Active', { created: plus(NOW, -300 * DAY), lastUsed: used(plus(NOW, -2 * HOUR)) }),
    IDLE,
  ],
  origins: { [NEWER]: { createdBy: `role/${'deployment-of-keys/'.repeat(3)}`, at: plus(NOW, -300 * DAY) } },
};

/** A case that is decided together with others. */
export const TOGETHER = aCase(SETTLED);

/** A page full of users who are decided about together, and others. */
export function together(world: Page): void {
  ordinary(world);
  world.list.more = Array.from({ length: 30 }, (_, n) => ({
    current: aCase({
      ...SETTLED,
      userId: `AIDA${String(n).padStart(17, '0')}`,
      userName: n === 0 ? LONGEST_NAME : `payments-worker-${n}`,
      opened: plus(NOW, n * MINUTE),
    }),
    usage: { at: NOW, keys: [usage([family({ writes: 3 })]), usage([], { keyId: OLDER })] },
    about: anAbout(n === 1 ? { privilege: administrator('AdministratorAccess') } : {}),
  }));
}

/** The rows of the first page of the list that are decided together. */
export function rowsTogether(world: Page): string[] {
  const { policy, list } = world;
  const cases = [...(world.store.current === null ? [] : [world.store.current])].concat(
    list.more.flatMap(({ current }) => ('why' in current ? [] : current)),
  );
  return cases.slice(0, ROWS).map((current) =>
    rowText({
      userId: current.userId,
      caseNumber: current.number,
      keep: NEWER,
      off: ['3QXK'],
      facts: questionDigest(current, policy),
    }),
  );
}

/** The address of the result page of these rows, of which the first two are stored and the others are not. */
export function resultOf(world: Page): string {
  const rows = rowsTogether(world).map((row, place) => {
    const { userId, caseNumber, facts } = readRow(row) ?? { userId: '', caseNumber: 0, facts: '' };
    const outcome = place < 2 ? ('recorded' as const) : (REFUSALS[place % REFUSALS.length] ?? 'stale');
    if (place < 2) {
      const ask = {
        kind: 'keep' as const,
        keep: NEWER,
        off: [OLDER],
        acknowledged: [],
        reason: 'unused' as const,
      };
      const payload = encodePayload(aClaim({ userId }));
      world.store.requests.set(facts, { digest: facts, at: NOW, ask, payload, proof: 'own' });
    }
    return { userId, caseNumber, facts, outcome };
  });
  return doneQuery({ rows, unreadable: 1, started: false });
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

const LEAD = { by: 'sec-lead', address: addressMark('security@example.com') };

/** An exception that was renewed twice, the last time by the security lead. */
export const EXCEPTED = excepted(
  { ...LEAD, commentDigest: sha256(COMMENT) },
  { exceptions: [granted(notNow(LEAD), 3)] },
);

/** Three keys of which two stay, and the third is in its grace period. */
export const SOME_OFF = someOff();

export const THREE = aCase({ keys: [newer(), older(), key(THIRD)] });

/** A deactivated key whose deletion somebody has put off. */
export const PUT_OFF = inGrace({ inactiveUntil: plus(NOW, 40 * DAY) });

/** The comment is stored, and mails reach every approver, so that another one can renew an exception. */
export const everybodyReached: Change = (world) => {
  commented(world);
  world.store.subscriptions = unreached();
};
