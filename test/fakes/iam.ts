import { type IamReader, type IamWriter, Unreadable, type WriteAnswer } from '../../functions/app/ports.ts';
import type { KeyStatus, LastUsed } from '../../functions/core/model/observation.ts';
import { type Instant, plus, type Seconds } from '../../functions/core/model/time.ts';
import type { StandingClock } from './ports.ts';

/** The answer of IAM to a change that it refuses. */
export const DENIED = { code: 'AccessDenied', requestId: '4b7f1c2e-fake' } as const;

export interface TrueKey {
  readonly id: string;
  status: KeyStatus;
  created: Instant;
  lastUsed: LastUsed;
}

export interface TrueUser {
  readonly userId: string;
  userName: string;
  readonly path: string;
  tags: Record<string, string>;
  keys: TrueKey[];
}

/** A write that reached IAM, as the safety monitor sees it: before it takes effect. */
export interface WriteSeen {
  readonly kind: 'deactivate' | 'reactivate' | 'delete';
  readonly userName: string;
  readonly keyId: string;
  readonly at: Instant;
  /** Whether it takes effect only later, without an answer. */
  readonly later: boolean;
}

/** A listing of one user's keys, as it was answered. `asOf`: when IAM was as it says. */
export interface Listing {
  readonly userId: string;
  readonly at: Instant;
  readonly asOf: Instant;
  readonly inactive: string[];
}

/** `lands-later`: IAM gives no answer and makes the change {@link LANDS_AFTER} later, when the lease is long over. */
export type WriteFault = 'lost-before' | 'lost-after' | 'refused' | 'lands-later';

/** Longer than a lease, shorter than an unanswered write is remembered. */
export const LANDS_AFTER: Seconds = 300;

/** How far reads go back in time; 0: they are fresh. `atMost` must be set before what they go back to. */
export interface Lag {
  atMost: Seconds;
  /** Only the next read of each kind goes back: the later ones of the same pass are fresh. */
  once: boolean;
  keys: Seconds;
  user: Seconds;
  lastUsed: Seconds;
}

/** IAM of one account in memory: names fold case, keys belong to users, absence is said and not guessed. */
export function memoryIam(clock: StandingClock) {
  const users = new Map<string, TrueUser>();
  const faults: WriteFault[] = [];
  const lag: Lag = { atMost: 0, once: false, keys: 0, user: 0, lastUsed: 0 };
  /** How IAM was from each moment on, the newest last. */
  let past: { readonly from: Instant; readonly users: TrueUser[] }[] = [];
  /** Writes under way, which land whatever became of whoever made them. */
  let flying: { readonly at: Instant; land(): void }[] = [];
  clock.watchers.push({
    before() {
      if (lag.atMost > 0) {
        const oldest = past.findLast(({ from }) => from <= plus(clock.now(), -lag.atMost));
        const kept = past.filter((one) => one === oldest || one.from > (oldest?.from ?? ''));
        past = [...kept, { from: clock.now(), users: structuredClone([...users.values()]) }];
      }
    },
    after() {
      const landing = flying.filter(({ at }) => at <= clock.now());
      flying = flying.filter((one) => !landing.includes(one));
      for (const { at, land } of landing) {
        land();
        // A read that lags sees it as of when it landed, however far the clock went in this step.
        past.push({ from: at, users: structuredClone([...users.values()]) });
      }
    },
  });
  const moment = (back: Seconds): Instant => plus(clock.now(), -Math.min(back, lag.atMost));
  /** IAM as a read shows it that goes back so far, if there is such a past. */
  const asOf = (back: Seconds): TrueUser[] => {
    const then = moment(back);
    const state = back > 0 ? past.findLast(({ from }) => from <= then) : undefined;
    return state?.users ?? [...users.values()];
  };
  const listings: Listing[] = [];
  const watchers: ((write: WriteSeen, user: TrueUser | undefined) => void)[] = [];
  /** Called when a write lands later, before it takes effect. */
  const landings: ((called: WriteSeen, key: TrueKey) => void)[] = [];
  /** When the last use of a key was read that went back in time. */
  const staleUses = new Map<string, Instant>();
  /** Writes that got lost on the way: whoever made them cannot tell them from writes whose answer got lost. */
  const lost: WriteSeen[] = [];
  const byName = (name: string, back: Seconds = 0) =>
    asOf(back).find((user) => user.userName.toLowerCase() === name.toLowerCase());
  const ownerOf = (keyId: string, back: Seconds = 0) =>
    asOf(back).find((user) => user.keys.some((key) => key.id === keyId));
  /** How far a read of this kind goes back now. */
  const behind = (of: 'keys' | 'user' | 'lastUsed'): Seconds => {
    const back = lag[of];
    lag[of] = lag.once ? 0 : back;
    return back;
  };
  const state = { unreadable: false, usesUnreadable: false, unreadUses: new Set<string>(), reads: 0 };
  const read = () => {
    state.reads += 1;
    if (state.unreadable) {
      throw new Unreadable('throttled', 'GetUser');
    }
  };

  const reader: IamReader = {
    async user(name) {
      read();
      const user = byName(name, behind('user'));
      return user === undefined
        ? null
        : { userId: user.userId, userName: user.userName, path: user.path, tags: { ...user.tags } };
    },
    async keys(name) {
      read();
      const back = behind('keys');
      const user = byName(name, back);
      if (user === undefined) {
        return null;
      }
      const inactive = user.keys.filter(({ status }) => status === 'Inactive').map(({ id }) => id);
      listings.push({ userId: user.userId, at: clock.now(), asOf: moment(back), inactive });
      return user.keys.map(({ id, status, created }) => ({ id, status, created }));
    },
    async lastUsed(keyId) {
      read();
      if (state.usesUnreadable || state.unreadUses.has(keyId)) {
        throw new Unreadable('throttled', 'GetAccessKeyLastUsed');
      }
      const back = behind('lastUsed');
      if (back > 0) {
        staleUses.set(keyId, clock.now());
      }
      const key = ownerOf(keyId, back)?.keys.find(({ id }) => id === keyId);
      if (key === undefined) {
        throw new Unreadable('ambiguous', 'GetAccessKeyLastUsed');
      }
      return key.lastUsed;
    },
    async ownerOf(keyId) {
      read();
      return ownerOf(keyId)?.userName ?? null;
    },
    async nameOf(userId) {
      read();
      return users.get(userId)?.userName ?? null;
    },
  };

  const write = async (
    seen: Omit<WriteSeen, 'at' | 'later'>,
    effect: (user: TrueUser, key: TrueKey) => void,
  ): Promise<WriteAnswer> => {
    const fault = faults.shift();
    if (fault === 'refused') {
      return { outcome: 'refused', error: DENIED };
    }
    if (fault === 'lost-before') {
      lost.push({ ...seen, at: clock.now(), later: false });
      return { outcome: 'unknown' };
    }
    const user = byName(seen.userName);
    const later = fault === 'lands-later';
    for (const watch of watchers) {
      watch({ ...seen, at: clock.now(), later }, user);
    }
    const key = user?.keys.find(({ id }) => id === seen.keyId);
    if (user === undefined || key === undefined) {
      return { outcome: 'absent' };
    }
    if (later) {
      const called = { ...seen, at: clock.now(), later };
      lost.push(called);
      const land = () => {
        if (user.keys.includes(key)) {
          for (const watch of landings) {
            watch(called, key);
          }
          effect(user, key);
        }
      };
      flying.push({ at: plus(clock.now(), LANDS_AFTER), land });
      return { outcome: 'unknown' };
    }
    effect(user, key);
    return { outcome: fault === 'lost-after' ? 'unknown' : 'done' };
  };

  const writer: IamWriter = {
    setStatus: (userName, keyId, status) =>
      write({ kind: status === 'Inactive' ? 'deactivate' : 'reactivate', userName, keyId }, (_user, key) => {
        key.status = status;
      }),
    remove: (userName, keyId) =>
      write({ kind: 'delete', userName, keyId }, (user) => {
        user.keys = user.keys.filter(({ id }) => id !== keyId);
      }),
  };

  return { users, faults, lag, landings, staleUses, listings, watchers, lost, state, reader, writer };
}

export type MemoryIam = ReturnType<typeof memoryIam>;
