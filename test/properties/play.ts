import fc from 'fast-check';
import type { PostedAnswer } from '../../functions/app/approve/posted-answer.ts';
import { recordDecision } from '../../functions/app/approve/record-decision.ts';
import { Unreadable } from '../../functions/app/ports.ts';
import { type Case, keysOfOurs } from '../../functions/core/case/case.ts';
import { questionDigest } from '../../functions/core/case/facts.ts';
import { type Ask, addressMark, isChoosing } from '../../functions/core/case/requests.ts';
import { lastFour } from '../../functions/core/model/observation.ts';
import type { Policy } from '../../functions/core/model/policy.ts';
import { DAY, HOUR, MINUTE, plus } from '../../functions/core/model/time.ts';
import { type ChangeWindow, WEEKDAYS } from '../../functions/core/model/window.ts';
import { inUseOf } from '../fakes/acts.ts';
import { ACCOUNT, USER_ID, used } from '../fakes/cases.ts';
import type { TrueKey, WriteFault } from '../fakes/iam.ts';
import { altered } from '../fakes/on-record.ts';
import type { MemoryWorld } from '../fakes/world.ts';
import { type Memory, remembers, type ShownPage } from './monitor.ts';

/** One thing that happens: somebody does something, time passes, a message comes, something breaks. */
export type Step =
  | { readonly does: 'create' }
  | { readonly does: 'owner'; readonly op: 'off' | 'on' | 'delete'; readonly which: number }
  | { readonly does: 'use'; readonly which: number; readonly by?: number }
  | { readonly does: 'look-up'; readonly refused: boolean }
  | { readonly does: 'usage'; readonly on: boolean }
  | { readonly does: 'rename'; readonly to: number }
  | { readonly does: 'pass'; readonly seconds: number }
  | { readonly does: 'wake' }
  | { readonly does: 'sweep' }
  | { readonly does: 'read-page'; readonly who: number }
  | {
      readonly does: 'decide';
      readonly who: number;
      readonly keep: number;
      readonly know: boolean;
      /** Deactivates all keys, as pages of the next release offer it. */
      readonly none?: boolean;
      /** Says that somebody else may have the keys. */
      readonly compromised?: boolean;
    }
  /** Leaves two keys, or all, as they are for some days, as pages of the next release offer it. */
  | { readonly does: 'leave'; readonly who: number; readonly days: number; readonly all: boolean }
  | { readonly does: 'put-off'; readonly who: number; readonly days: number }
  | { readonly does: 'restore'; readonly who: number }
  | { readonly does: 'confirm'; readonly who: number }
  | { readonly does: 'fault'; readonly fault: WriteFault }
  | { readonly does: 'unreadable'; readonly on: boolean }
  | { readonly does: 'unread-uses'; readonly on: boolean }
  | { readonly does: 'behind'; readonly of: 'keys' | 'user' | 'lastUsed'; readonly back: number }
  | { readonly does: 'sns'; readonly away: boolean }
  | { readonly does: 'sns-refuses'; readonly who: number }
  | { readonly does: 'new-address'; readonly who: number }
  | { readonly does: 'revoke'; readonly who: number; readonly on: boolean }
  | { readonly does: 'pause'; readonly on: boolean }
  | { readonly does: 'exclude'; readonly on: boolean }
  | { readonly does: 'mode'; readonly mode: Policy['mode'] }
  | { readonly does: 'grace'; readonly days: number }
  | { readonly does: 'limit'; readonly changesPerHour: number }
  | { readonly does: 'window'; readonly from: number; readonly to: number }
  | { readonly does: 'window-gone' }
  | { readonly does: 'deletion'; readonly deletion: Policy['deletion'] }
  | { readonly does: 'forge' };

const which = fc.nat({ max: 5 });
const who = fc.nat({ max: 1 });

/** Deployments with other settings. */
const SETTINGS: readonly Step[] = [
  { does: 'mode', mode: 'observe' },
  { does: 'mode', mode: 'enforce' },
  { does: 'grace', days: 2 },
  { does: 'grace', days: 14 },
  { does: 'limit', changesPerHour: 1 },
  { does: 'window', from: 6, to: 18 },
  { does: 'window', from: 18, to: 22 },
  { does: 'window-gone' },
  { does: 'deletion', deletion: 'after-grace' },
  { does: 'deletion', deletion: 'on-confirmation' },
  { does: 'deletion', deletion: 'never' },
  { does: 'usage', on: true },
  { does: 'usage', on: false },
];

export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<Step>({ does: 'create' }) },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('owner' as const),
      op: fc.constantFrom('off', 'on', 'delete'),
      which,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('use' as const), which, by: fc.nat({ max: 1 }) }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('look-up' as const), refused: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('rename' as const), to: fc.nat({ max: 3 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('pass' as const),
      seconds: fc.constantFrom(20, MINUTE, HOUR, DAY, 3 * DAY, 8 * DAY),
    }),
  },
  { weight: 4, arbitrary: fc.constant<Step>({ does: 'wake' }) },
  { weight: 5, arbitrary: fc.constant<Step>({ does: 'sweep' }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('read-page' as const), who }) },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('decide' as const),
      who,
      keep: which,
      know: fc.boolean(),
      none: fc.constantFrom(false, false, true),
      compromised: fc.constantFrom(false, false, false, true),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('leave' as const),
      who,
      days: fc.constantFrom(1, 3, 12),
      all: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('put-off' as const), who, days: fc.constantFrom(1, 12) }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('restore' as const), who }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('confirm' as const), who }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('fault' as const),
      fault: fc.constantFrom('lost-before', 'lost-after', 'refused', 'lands-later'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('unreadable' as const), on: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('unread-uses' as const), on: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('behind' as const),
      of: fc.constantFrom('keys', 'user', 'lastUsed'),
      back: fc.constantFrom(15, 30, 50),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('sns' as const), away: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('sns-refuses' as const), who }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('new-address' as const), who }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('revoke' as const), who, on: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('pause' as const), on: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('exclude' as const), on: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constantFrom<Step>(...SETTINGS) },
  { weight: 1, arbitrary: fc.constant<Step>({ does: 'forge' }) },
) as fc.Arbitrary<Step>;

/** People have the first mail, without which nobody has a link, and the decision is recorded. */
const ANSWERED: readonly Step[] = [
  { does: 'wake' },
  { does: 'pass', seconds: MINUTE },
  { does: 'sweep' },
  { does: 'decide', who: 0, keep: 0, know: true },
];

const DECIDED: readonly Step[] = [...ANSWERED, { does: 'sweep' }];

/** A week later: grace is over, and people are asked to confirm where the setting wants that. */
const OVERDUE: readonly Step[] = [
  ...DECIDED,
  { does: 'pass', seconds: 6 * DAY },
  { does: 'sweep' },
  { does: 'pass', seconds: DAY },
  { does: 'sweep' },
];

/** Confirmed, where the setting wants that; the deletion itself is some minutes away. */
const CONFIRMED: readonly Step[] = [...OVERDUE, { does: 'confirm', who: 1 }, { does: 'sweep' }];

/** The deletion is announced to one person only, who is then lost; a day later it would be due. */
const ANNOUNCED_TO_ONE: readonly (readonly Step[])[] = (
  [
    { does: 'revoke', who: 0, on: true },
    { does: 'new-address', who: 0 },
  ] as const
).map((lost) => [
  ...DECIDED,
  { does: 'sns-refuses', who: 1 },
  { does: 'pass', seconds: 6 * DAY },
  { does: 'sweep' },
  lost,
  { does: 'pass', seconds: DAY },
  { does: 'sweep' },
  { does: 'pass', seconds: 2 * MINUTE },
  { does: 'sweep' },
  { does: 'pass', seconds: 2 * MINUTE },
  { does: 'sweep' },
]);

const THREE_DECIDED: readonly Step[] = [{ does: 'create' }, { does: 'pass', seconds: 8 * DAY }, ...ANSWERED];

/** Something comes between the decision and its carrying out, or between the announcement and the deletion. */
const INTERRUPTED: readonly (readonly Step[])[] = [
  // A call that got no answer lands while nobody looks, and the first listing afterwards lags.
  [
    ...ANSWERED,
    { does: 'fault', fault: 'lands-later' },
    { does: 'sweep' },
    { does: 'pass', seconds: 3 * DAY },
    { does: 'behind', of: 'keys', back: 15 },
  ],
  [
    ...ANSWERED,
    { does: 'pause', on: true },
    { does: 'sweep' },
    { does: 'mode', mode: 'observe' },
    { does: 'pause', on: false },
    { does: 'sweep' },
  ],
  [...ANSWERED, { does: 'exclude', on: true }, { does: 'sweep' }],
  [...ANSWERED, { does: 'pause', on: true }, { does: 'pass', seconds: HOUR }, { does: 'sweep' }],
  [{ does: 'limit', changesPerHour: 1 }, ...THREE_DECIDED, { does: 'sweep' }, { does: 'sweep' }],
  [
    { does: 'limit', changesPerHour: 1 },
    ...THREE_DECIDED,
    { does: 'sweep' },
    { does: 'pause', on: true },
    { does: 'pass', seconds: HOUR },
    { does: 'sweep' },
  ],
  [
    ...OVERDUE,
    { does: 'confirm', who: 1 },
    { does: 'pause', on: true },
    { does: 'pass', seconds: DAY },
    { does: 'sweep' },
    { does: 'pass', seconds: HOUR },
    { does: 'sweep' },
  ],
  [...OVERDUE, { does: 'confirm', who: 1 }, { does: 'exclude', on: true }, { does: 'sweep' }],
  ...ANNOUNCED_TO_ONE,
];

/** Plays begin at 16:10: the first window is open until six, the second one opens then. */
const OPEN: Step = { does: 'window', from: 6, to: 18 };
const SHUT: Step = { does: 'window', from: 18, to: 22 };

/** Something waits for the change window, for longer than it is valid, or is under way when it closes. */
const WINDOWED: readonly (readonly Step[])[] = [
  [...ANSWERED, SHUT, { does: 'sweep' }, { does: 'pass', seconds: HOUR }, { does: 'sweep' }],
  [...ANSWERED, SHUT, { does: 'sweep' }, { does: 'pass', seconds: 2 * HOUR }, { does: 'sweep' }],
  // The window is removed after more than the week for which a decision is valid.
  [
    ...ANSWERED,
    SHUT,
    { does: 'sweep' },
    { does: 'pass', seconds: 8 * DAY },
    { does: 'window-gone' },
    { does: 'sweep' },
  ],
  [OPEN, ...DECIDED, SHUT, ...OVERDUE.slice(DECIDED.length)],
  // The deletion is committed while the window is open, and it closes.
  [OPEN, ...CONFIRMED, { does: 'sweep' }, SHUT, { does: 'pass', seconds: 2 * MINUTE }, { does: 'sweep' }],
  [
    SHUT,
    { does: 'wake' },
    { does: 'pass', seconds: MINUTE },
    { does: 'sweep' },
    { does: 'decide', who: 0, keep: 0, know: true, compromised: true },
    { does: 'sweep' },
  ],
  [{ does: 'limit', changesPerHour: 1 }, OPEN, ...THREE_DECIDED, { does: 'sweep' }, SHUT, { does: 'sweep' }],
];

/** All keys are deactivated; later everybody's way back, and the end. */
const NONE_KEPT: readonly (readonly Step[])[] = [false, true].flatMap((on): (readonly Step[])[] => {
  const answered: readonly Step[] = [
    { does: 'usage', on },
    ...ANSWERED.slice(0, -1),
    { does: 'decide', who: 0, keep: 0, know: true, none: true },
  ];
  const off: readonly Step[] = [...answered, { does: 'sweep' }];
  const overdue: readonly Step[] = [...off, ...OVERDUE.slice(DECIDED.length)];
  const confirmed: readonly Step[] = [...overdue, { does: 'confirm', who: 1 }, { does: 'sweep' }];
  return [
    off,
    [...off, { does: 'restore', who: 1 }, { does: 'sweep' }],
    [...off, { does: 'owner', op: 'on', which: 0 }, { does: 'pass', seconds: HOUR }, { does: 'sweep' }],
    [...off, { does: 'create' }, { does: 'wake' }],
    [...answered, { does: 'owner', op: 'off', which: 1 }, { does: 'sweep' }],
    [...answered, { does: 'fault', fault: 'lost-after' }, { does: 'sweep' }, { does: 'pass', seconds: HOUR }],
    [{ does: 'limit', changesPerHour: 1 }, ...off, { does: 'use', which: 0 }, { does: 'use', which: 1 }],
    overdue,
    [
      ...confirmed,
      { does: 'pass', seconds: 2 * MINUTE },
      { does: 'sweep' },
      { does: 'pass', seconds: 2 * MINUTE },
      { does: 'sweep' },
    ],
  ];
});

/** Keys are left as they are until a date; afterwards everything that may end it, and the end by itself. */
const LEFT: readonly (readonly Step[])[] = [true, false].flatMap((all): (readonly Step[])[] => {
  const asked: readonly Step[] = [
    { does: 'create' },
    { does: 'pass', seconds: 8 * DAY },
    ...ANSWERED.slice(0, -1),
  ];
  const left: readonly Step[] = [...asked, { does: 'leave', who: 0, days: 12, all }, { does: 'sweep' }];
  const overdue: readonly Step[] = [...left, ...OVERDUE.slice(DECIDED.length)];
  return [
    left,
    [...left, { does: 'owner', op: 'off', which: 0 }, { does: 'wake' }],
    [...left, { does: 'create' }, { does: 'wake' }],
    [...left, { does: 'decide', who: 1, keep: 0, know: true }, { does: 'sweep' }],
    [
      ...left,
      { does: 'leave', who: 0, days: 12, all },
      { does: 'leave', who: 1, days: 12, all },
      { does: 'sweep' },
    ],
    [...left, { does: 'restore', who: 1 }, { does: 'sweep' }],
    [...left, { does: 'put-off', who: 1, days: 3 }, { does: 'sweep' }],
    [
      ...left,
      { does: 'pass', seconds: 8 * DAY },
      { does: 'sweep' },
      { does: 'pass', seconds: 8 * DAY },
      { does: 'sweep' },
    ],
    [
      ...overdue,
      { does: 'confirm', who: 1 },
      { does: 'sweep' },
      { does: 'pass', seconds: 2 * MINUTE },
      { does: 'sweep' },
    ],
    [
      ...asked,
      { does: 'pause', on: true },
      { does: 'leave', who: 0, days: 1, all },
      { does: 'sweep' },
      { does: 'pass', seconds: 3 * DAY },
      { does: 'pause', on: false },
      { does: 'sweep' },
    ],
  ];
});

/** The deletion is put off in every state before it; afterwards it comes. */
const PUT_OFF: readonly (readonly Step[])[] = [DECIDED, OVERDUE, CONFIRMED].map((before) => [
  ...before,
  { does: 'put-off', who: 0, days: 12 },
  { does: 'sweep' },
  { does: 'pass', seconds: 8 * DAY },
  { does: 'sweep' },
]);

/** Both keys are used after the page was read, and are deactivated as compromised all the same. */
const COMPROMISED: readonly (readonly Step[])[] = [false, true].map((none) => [
  { does: 'wake' },
  { does: 'read-page', who: 0 },
  { does: 'use', which: 0 },
  { does: 'use', which: 1 },
  { does: 'decide', who: 0, keep: 0, know: false, none, compromised: true },
  { does: 'sweep' },
]);
const LOOKED_UP: Step = { does: 'look-up', refused: false };
const REFUSED: Step = { does: 'look-up', refused: true };

/** The older key is in use when it is decided about; afterwards its consumers come with the kept key, or they do not. */
const inUseBefore = (since: readonly Step[], look: Step): readonly Step[] => [
  { does: 'use', which: 1, by: 0 },
  ...DECIDED,
  look,
  ...since,
  { does: 'pass', seconds: 6 * DAY },
  { does: 'sweep' },
  look,
  { does: 'pass', seconds: DAY },
  { does: 'sweep' },
  look,
  ...[HOUR, 2 * MINUTE, 2 * MINUTE, 2 * MINUTE].flatMap((seconds): Step[] => [
    { does: 'pass', seconds },
    { does: 'sweep' },
  ]),
];

/** S14: who used the key that is to be deleted. */
const WORK: readonly (readonly Step[])[] = [
  inUseBefore([{ does: 'use', which: 0, by: 0 }], LOOKED_UP),
  inUseBefore([{ does: 'use', which: 0, by: 1 }], LOOKED_UP),
  inUseBefore([], LOOKED_UP),
  inUseBefore([], REFUSED),
  [...inUseBefore([], LOOKED_UP), { does: 'confirm', who: 1 }, { does: 'sweep' }],
  // The setting is on again once the deletion is committed.
  [
    { does: 'usage', on: false },
    { does: 'use', which: 1, by: 0 },
    ...OVERDUE,
    { does: 'usage', on: true },
    { does: 'pass', seconds: 2 * MINUTE },
    { does: 'sweep' },
    { does: 'pass', seconds: 2 * MINUTE },
    { does: 'sweep' },
  ],
];

/** Something changes between the page that somebody reads and their answer. */
const SHOWN_BEFORE: readonly (readonly Step[])[] = [
  [
    { does: 'deletion', deletion: 'never' },
    { does: 'wake' },
    { does: 'read-page', who: 0 },
    { does: 'deletion', deletion: 'after-grace' },
    ...DECIDED,
    { does: 'pass', seconds: 6 * DAY },
    { does: 'sweep' },
    { does: 'pass', seconds: DAY },
    { does: 'sweep' },
    { does: 'pass', seconds: HOUR },
    { does: 'sweep' },
    { does: 'pass', seconds: HOUR },
    { does: 'sweep' },
  ],
  [{ does: 'wake' }, { does: 'read-page', who: 0 }, { does: 'use', which: 1 }, ...DECIDED],
  [...DECIDED, { does: 'forge' }, { does: 'pass', seconds: HOUR }],
];

/** Where a play begins: at random most cases would never get past their first question. */
export const anyOpening: fc.Arbitrary<readonly Step[]> = fc.constantFrom(
  [],
  DECIDED,
  [...DECIDED, { does: 'restore', who: 1 }, { does: 'sweep' }],
  [...DECIDED, { does: 'pass', seconds: 6 * DAY }, { does: 'sweep' }, { does: 'pass', seconds: DAY }],
  OVERDUE,
  CONFIRMED,
  [
    ...CONFIRMED,
    { does: 'pass', seconds: 2 * MINUTE },
    { does: 'sweep' },
    { does: 'pass', seconds: 2 * MINUTE },
    { does: 'sweep' },
  ],
  [
    ...DECIDED,
    { does: 'create' },
    { does: 'wake' },
    { does: 'decide', who: 1, keep: 1, know: true },
    { does: 'sweep' },
  ],
  ...INTERRUPTED,
  ...WINDOWED,
  ...SHOWN_BEFORE,
  ...NONE_KEPT,
  ...LEFT,
  ...PUT_OFF,
  ...COMPROMISED,
  ...WORK,
);

/** The page a person has open: what they answer is about this, however old it is by then. */
interface OpenPage {
  readonly facts: string;
  readonly active: string[];
  readonly pending: string[];
  readonly shown: ShownPage;
}

export interface Play {
  readonly m: MemoryWorld;
  readonly memory: Memory;
  readonly pages: Map<number, OpenPage>;
  /** The addresses that people got on the way, by mark. */
  readonly addresses: string[];
  keys: number;
}

/**
 * A message that fails because IAM cannot be read, or a digest because SNS does not accept it, is part of life: the queue
 * would bring it again. All else is a defect.
 */
function unlessAway(error: unknown): void {
  const isAway = error instanceof Error && error.message === 'SNS is away';
  if (!(error instanceof Unreadable) && !isAway) {
    throw error;
  }
}

/** Plays one step. Refused requests are part of life. */
export async function play(p: Play, step: Step): Promise<void> {
  const { m } = p;
  const user = m.iam.users.get(USER_ID);
  if (user === undefined) {
    return;
  }
  const key = 'which' in step ? user.keys[step.which % Math.max(1, user.keys.length)] : undefined;
  switch (step.does) {
    case 'create':
      if (user.keys.length < 4) {
        p.keys += 1;
        const id = `AKIAIOSFODNN${String(p.keys).padStart(8, 'X')}`;
        user.keys.push({ id, status: 'Active', created: m.clock.now(), lastUsed: { kind: 'never' } });
      }
      return;
    case 'owner':
      if (key === undefined) {
        return;
      }
      if (step.op === 'delete') {
        switchOffByHand(p, key);
        user.keys = user.keys.filter((other) => other !== key);
      } else if (step.op === 'on' && key.status !== 'Active') {
        switchOnByHand(p, key);
      } else if (step.op === 'off') {
        switchOffByHand(p, key);
      }
      return;
    case 'use':
      if (key?.status === 'Active') {
        key.lastUsed = used(m.clock.now());
        m.trail.calls.push({ keyId: key.id, by: `10.0.${step.by ?? 0}.0/24`, at: m.clock.now() });
      }
      return;
    case 'look-up':
      m.trail.state.refuses = step.refused;
      return m.witness();
    case 'rename':
      user.userName = `ci-deploy-${step.to}`;
      return;
    case 'pass':
      return m.clock.move(step.seconds);
    case 'wake':
      await m.wake(user.userName).catch(unlessAway);
      return;
    case 'sweep':
      return m.sweep().catch(unlessAway);
    case 'read-page':
      return readPage(p, step.who);
    case 'decide':
      return decide(p, step);
    case 'leave':
      return leave(p, step);
    case 'put-off':
      return putOff(p, step);
    case 'restore':
      return restore(p, step.who);
    case 'confirm':
      return confirm(p, step.who);
    case 'fault':
      m.iam.faults.push(step.fault);
      return;
    case 'unread-uses':
      m.iam.state.usesUnreadable = step.on;
      return;
    case 'behind': {
      m.iam.lag[step.of] = step.back;
      await m.wake(user.userName).catch(unlessAway);
      m.iam.lag[step.of] = 0;
      return remembers(m, p.memory, USER_ID);
    }
    case 'unreadable':
      m.iam.state.unreadable = step.on;
      return;
    case 'sns':
      m.state.snsAway = step.away;
      return;
    case 'sns-refuses':
      m.state.refuses.add(m.world.policy.approvers[step.who]?.id ?? '');
      return;
    case 'new-address':
      return readdress(p, step.who);
    case 'revoke':
      return revoke(m, step.who, step.on);
    case 'pause':
      return pause(m, step.on);
    case 'exclude':
      user.tags = step.on ? { 'solekey:exclude': 'true' } : {};
      return;
    case 'mode':
      return deploy(m, { mode: step.mode });
    case 'grace':
      return deploy(m, { grace: step.days * DAY });
    case 'limit':
      return deploy(m, { changesPerHour: step.changesPerHour });
    case 'window':
      return deployWindow(p, everyDay(step.from, step.to));
    case 'window-gone':
      return deployWindow(p, null);
    case 'deletion':
      return deploy(m, { deletion: step.deletion });
    case 'usage':
      return deploy(m, { usage: step.on ? [] : null });
    case 'forge':
      return forge(p);
  }
}

/** Other settings count from the next look on. */
export function deploy({ world }: MemoryWorld, settings: Partial<Policy>): void {
  world.policy = { ...world.policy, ...settings };
}

/** From an hour until another, on every day. */
function everyDay(from: number, to: number): ChangeWindow {
  return { days: WEEKDAYS, from: { hour: from, minute: 0 }, to: { hour: to, minute: 0 }, zone: 'UTC' };
}

/** Another change window, or none. The monitor remembers when it was deployed. */
export function deployWindow({ m, memory }: Play, changeWindow: ChangeWindow | null): void {
  memory.windows.push({ from: m.clock.now(), window: changeWindow });
  deploy(m, { changeWindow });
}

function seenOff({ m }: Play, keyId: string): boolean {
  return m.caseOf(USER_ID)?.progress[keyId]?.deactivated !== undefined;
}

/** The owner brings a key of ours back. Before we saw our own unanswered write, nobody can tell this from a write that never arrived. */
function switchOnByHand(p: Play, key: TrueKey): void {
  key.status = 'Active';
  const { switchedOff, byHand, unseen } = p.memory;
  const ours = switchedOff.get(key.id);
  if (ours === undefined) {
    return;
  }
  switchedOff.delete(key.id);
  if (!seenOff(p, key.id)) {
    const { userName = '' } = p.m.iam.users.get(USER_ID) ?? {};
    p.m.iam.lost.push({ kind: 'deactivate', userName, keyId: key.id, at: ours.at, later: false });
    return;
  }
  byHand.set(key.id, p.m.clock.now());
  unseen.set(key.id, ours);
}

/** Switched on and off again between two looks: no look can know, so for the rules it never happened. */
function switchOffByHand(p: Play, key: TrueKey): void {
  key.status = 'Inactive';
  const { switchedOff, byHand, unseen, wasOn } = p.memory;
  const ours = unseen.get(key.id);
  if (ours !== undefined && seenOff(p, key.id)) {
    switchedOff.set(key.id, ours);
    wasOn.set(key.id, { from: byHand.get(key.id) ?? ours.at, to: p.m.clock.now() });
    byHand.delete(key.id);
  }
  unseen.delete(key.id);
}

function readPage(p: Play, person: number): void {
  const current = p.m.caseOf(USER_ID);
  if (current === null) {
    return;
  }
  const active = current.keys.filter((key) => key.status === 'Active').map((key) => key.id);
  p.pages.set(person, {
    facts: questionDigest(current, p.m.world.policy),
    active,
    pending: keysOfOurs(current),
    shown: pageOf(p.m, current),
  });
}

/** What the page says now. */
function pageOf(m: MemoryWorld, { number, asking }: Case): ShownPage {
  const { deletion, grace } = m.world.policy;
  return { number, asking, deletion, grace, inUse: inUseOf(m) };
}

/** Posts an answer and remembers it if it was recorded. */
async function post(
  p: Play,
  person: number,
  answer: PostedAnswer,
  keys: string[],
  page: ShownPage,
  compromised = false,
) {
  const token = await tokenFor(p.m, person);
  const done = await recordDecision(ports(p.m, compromised), token, 'decide', answer);
  if (done.kind === 'recorded' && !done.again) {
    const by = p.m.world.policy.approvers[person]?.id ?? '';
    const ticked = 'inUse' in answer && answer.inUse;
    p.memory.answers?.push({
      kind: answer.kind,
      by,
      at: done.decided.at,
      keys,
      facts: answer.facts,
      ticked,
      compromised,
      page,
    });
  }
}

/** A reactivation that nobody asked for, written into the case; afterwards somebody restores the item. */
async function forge(p: Play): Promise<void> {
  const { table, clock, world } = p.m;
  const row = table.rows.get(USER_ID);
  const [keyId] = row === undefined ? [] : keysOfOurs(row.case);
  const [lead] = world.policy.approvers;
  if (row === undefined || keyId === undefined || lead === undefined) {
    return;
  }
  const restoring = { by: lead.id, address: addressMark(lead.email), at: clock.now() };
  altered(
    p.m,
    (current) => ({
      ...current,
      progress: { ...current.progress, [keyId]: { ...current.progress[keyId], restoring } },
    }),
    'alone',
  );
  await p.m.wake(p.m.iam.users.get(USER_ID)?.userName ?? '').catch(unlessAway);
  if (p.m.caseOf(USER_ID)?.version === row.case.version) {
    table.rows.set(USER_ID, row);
  }
}

async function tokenFor(m: MemoryWorld, person: number): Promise<string> {
  const approver = m.world.policy.approvers[person];
  const current = m.caseOf(USER_ID);
  return m.links.mint({
    scope: 'case',
    account: ACCOUNT,
    userId: USER_ID,
    caseNumber: current?.number ?? 1,
    recipient: approver?.id ?? '',
    address: addressMark(approver?.email ?? ''),
    purpose: 'decide',
    expires: plus(m.clock.now(), DAY),
  });
}

async function decide(p: Play, step: Extract<Step, { readonly does: 'decide' }>): Promise<void> {
  const { who: person, know: inUse, none = false, compromised = false } = step;
  if (!p.pages.has(person)) {
    readPage(p, person);
  }
  const open = p.pages.get(person);
  const keep = open?.active[step.keep % Math.max(1, open.active.length)];
  if (open === undefined || keep === undefined) {
    return;
  }
  const fours = [...open.active.filter((id) => none || id !== keep), ...open.pending].map(lastFour);
  const off = { text: fours.join(' '), fours };
  const posted = { off, inUse, shownInUse: open.shown.inUse, facts: open.facts };
  const answer = none ? { kind: 'none' as const, ...posted } : { kind: 'keep' as const, keep, ...posted };
  await post(p, person, answer, none ? [] : [keep], open.shown, compromised);
  p.pages.delete(person);
}

/** Leaves two of the keys on the open page as they are, or all of them, and has the others deactivated. */
async function leave(p: Play, step: Extract<Step, { readonly does: 'leave' }>): Promise<void> {
  const { who: person, days, all } = step;
  if (!p.pages.has(person)) {
    readPage(p, person);
  }
  const open = p.pages.get(person);
  if (open === undefined) {
    return;
  }
  const spare = all ? open.active : open.active.slice(0, 2);
  const off = [...open.active.filter((id) => !spare.includes(id)), ...open.pending];
  const acknowledged = off.filter((id) => open.shown.inUse.includes(id));
  await seal(p, person, { kind: 'not-now', spare, off, acknowledged, ...grounds(p, days) }, spare, open);
}

/** Puts off the deletion of the keys that the open page shows as deactivated. */
async function putOff(p: Play, step: Extract<Step, { readonly does: 'put-off' }>): Promise<void> {
  const { who: person, days } = step;
  if (!p.pages.has(person)) {
    readPage(p, person);
  }
  const open = p.pages.get(person);
  if (open === undefined || open.pending.length === 0) {
    return;
  }
  const ask = { kind: 'keep-inactive' as const, keys: open.pending, ...grounds(p, days) };
  await seal(p, person, ask, open.pending, open);
}

function grounds({ m }: Play, days: number) {
  return { until: plus(m.clock.now(), days * DAY), commentDigest: 'c'.repeat(64) };
}

/** Stores an answer that no page of this release has a form for, unless the question has one, and remembers it. */
async function seal(
  p: Play,
  person: number,
  ask: Ask,
  keys: readonly string[],
  open: OpenPage,
): Promise<void> {
  const { m } = p;
  const { facts } = open;
  p.pages.delete(person);
  const token = await tokenFor(m, person);
  const request = m.links.seal(token, { digest: facts, at: m.clock.now(), ask });
  const stored = await m.table.approvals.record(ACCOUNT, USER_ID, request);
  if ('newer' in stored || stored.proof !== request.proof) {
    return;
  }
  const by = m.world.policy.approvers[person]?.id ?? '';
  const given = { kind: ask.kind, by, at: request.at, keys, facts };
  p.memory.answers?.push({ ...given, ticked: true, compromised: false, page: open.shown });
}

async function restore(p: Play, person: number): Promise<void> {
  const current = p.m.caseOf(USER_ID);
  if (current === null) {
    return;
  }
  const fours = keysOfOurs(current).map(lastFour);
  const back = { text: fours.join(' '), fours };
  const facts = questionDigest(current, p.m.world.policy);
  const answer = { kind: 'restore' as const, back, facts };
  await post(p, person, answer, keysOfOurs(current), pageOf(p.m, current));
}

/** Confirms whatever deletion the open page, or else the case as it is now, would ask to confirm. */
async function confirm(p: Play, person: number): Promise<void> {
  if (!p.pages.has(person)) {
    readPage(p, person);
  }
  const open = p.pages.get(person);
  if (open === undefined) {
    return;
  }
  const fours = open.pending.map(lastFour);
  const answer = { kind: 'confirm' as const, remove: { text: fours.join(' '), fours }, facts: open.facts };
  await post(p, person, answer, open.pending, open.shown);
  p.pages.delete(person);
}

/** The pages of the next release: they take every kind of decision, and a reason for it. */
function ports({ world, table, wakes, links }: MemoryWorld, compromised: boolean) {
  const { clock, log, policy } = world;
  const offered = ['keep', 'none'] as const;
  const withReason = { ...links, seal: sealing(links, compromised) };
  return { links: withReason, store: table.approvals, clock, log, policy, wakes, offered };
}

function sealing(links: MemoryWorld['links'], compromised: boolean): MemoryWorld['links']['seal'] {
  return (token, answer) => {
    const { ask } = answer;
    return links.seal(
      token,
      compromised && isChoosing(ask) ? { ...answer, ask: { ...ask, reason: 'compromised' } } : answer,
    );
  };
}

/** A moment after whatever was begun, so that the monitor can tell which came first. */
function revoke({ table, world, clock }: MemoryWorld, person: number, on: boolean): void {
  clock.move(1);
  const id = world.policy.approvers[person]?.id ?? '';
  const { revoked } = table.state.control;
  table.state.control = {
    ...table.state.control,
    revoked: on ? [...new Set([...revoked, id])] : revoked.filter((one) => one !== id),
  };
}

/** Somebody else gets the person's id, or the person another address. */
function readdress({ m, addresses }: Play, person: number): void {
  const approvers = m.world.policy.approvers.map((one, n) =>
    n === person ? { ...one, email: `next.${one.email}` } : one,
  );
  addresses.push(...approvers.filter((_, n) => n === person).map(({ email }) => addressMark(email)));
  deploy(m, { approvers });
}

function pause({ table, clock }: MemoryWorld, on: boolean): void {
  const { pauses } = table.state.control;
  const last = pauses.at(-1);
  const paused = last !== undefined && last.to === null;
  if (on === paused) {
    return;
  }
  const now = clock.now();
  table.state.control = {
    ...table.state.control,
    pauses: on
      ? [...pauses, { from: now, to: null }]
      : [...pauses.slice(0, -1), { from: last?.from ?? now, to: now }],
  };
}
