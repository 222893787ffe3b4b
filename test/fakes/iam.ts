import type { Clock } from '../../functions/app/ports.ts';
import { type IamReader, type IamWriter, Unreadable, type WriteOutcome } from '../../functions/app/ports.ts';
import type { KeyStatus, LastUsed } from '../../functions/core/model/observation.ts';
import type { Instant } from '../../functions/core/model/time.ts';

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
}

/** A listing of one user's keys, as it was answered. */
export interface Listing {
  readonly userId: string;
  readonly at: Instant;
  readonly inactive: string[];
}

export type WriteFault = 'lost-before' | 'lost-after' | 'refused';

/** IAM of one account in memory: names fold case, keys belong to users, absence is said and not guessed. */
export function memoryIam(clock: Clock) {
  const users = new Map<string, TrueUser>();
  const faults: WriteFault[] = [];
  const listings: Listing[] = [];
  const watchers: ((write: WriteSeen, user: TrueUser | undefined) => void)[] = [];
  /** Writes that got lost on the way: whoever made them cannot tell them from writes whose answer got lost. */
  const lost: WriteSeen[] = [];
  const byName = (name: string) =>
    [...users.values()].find((user) => user.userName.toLowerCase() === name.toLowerCase());
  const ownerOf = (keyId: string) =>
    [...users.values()].find((user) => user.keys.some((key) => key.id === keyId));
  const state = { unreadable: false, reads: 0 };
  const read = () => {
    state.reads += 1;
    if (state.unreadable) {
      throw new Unreadable('throttled', 'GetUser');
    }
  };

  const reader: IamReader = {
    async user(name) {
      read();
      const user = byName(name);
      return user === undefined
        ? null
        : { userId: user.userId, userName: user.userName, path: user.path, tags: { ...user.tags } };
    },
    async keys(name) {
      read();
      const user = byName(name);
      if (user === undefined) {
        return null;
      }
      const inactive = user.keys.filter(({ status }) => status === 'Inactive').map(({ id }) => id);
      listings.push({ userId: user.userId, at: clock.now(), inactive });
      return user.keys.map(({ id, status, created }) => ({ id, status, created }));
    },
    async lastUsed(keyId) {
      read();
      const key = ownerOf(keyId)?.keys.find(({ id }) => id === keyId);
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
    seen: Omit<WriteSeen, 'at'>,
    effect: (user: TrueUser, key: TrueKey) => void,
  ): Promise<WriteOutcome> => {
    const fault = faults.shift();
    if (fault === 'refused') {
      return 'refused';
    }
    if (fault === 'lost-before') {
      lost.push({ ...seen, at: clock.now() });
      return 'unknown';
    }
    const user = byName(seen.userName);
    for (const watch of watchers) {
      watch({ ...seen, at: clock.now() }, user);
    }
    const key = user?.keys.find(({ id }) => id === seen.keyId);
    if (user === undefined || key === undefined) {
      return 'absent';
    }
    effect(user, key);
    return fault === 'lost-after' ? 'unknown' : 'done';
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

  return { users, faults, listings, watchers, lost, state, reader, writer };
}

export type MemoryIam = ReturnType<typeof memoryIam>;
