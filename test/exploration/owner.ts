import type { KeyStatus, LastUsed } from '../../functions/core/model/observation.ts';
import type { Instant } from '../../functions/core/model/time.ts';
import { ACCOUNT, USER_ID, used } from '../fakes/cases.ts';
import type { TrueKey, TrueUser } from '../fakes/iam.ts';
import { eventOf, type IamCall } from './events.ts';
import type { Stage } from './stage.ts';

/** What the owner of a user, or anybody with rights in IAM, does; each with the event that CloudTrail makes of it. */
export function ownerOn(stage: Stage, userId: string = USER_ID) {
  const { m, memory } = stage;
  const user = (): TrueUser => {
    const found = m.iam.users.get(userId);
    if (found === undefined) {
      throw new Error('no such user');
    }
    return found;
  };
  const key = (keyId: string): TrueKey => {
    const found = user().keys.find(({ id }) => id === keyId);
    if (found === undefined) {
      throw new Error(`no such key: ${keyId}`);
    }
    return found;
  };
  const happened = (call: IamCall) => stage.event(eventOf(call, m.clock.now()));

  return {
    /** The user as they are when the scenario begins: of this no event tells. */
    exists(keys: readonly TrueKey[], userName = 'ci-deploy'): void {
      m.iam.users.set(userId, { userId, userName, path: '/svc/', tags: {}, keys: [...keys] });
    },
    creates(keyId: string, created: Instant = m.clock.now(), lastUsed: LastUsed = { kind: 'never' }): void {
      user().keys.push({ id: keyId, status: 'Active', created, lastUsed });
      happened({ eventName: 'CreateAccessKey', userName: user().userName, accessKeyId: keyId });
    },
    /** Some act on their own keys and leave their name out. */
    sets(keyId: string, status: Exclude<KeyStatus, 'Expired'>, named = true): void {
      key(keyId).status = status;
      if (status === 'Active' && memory.switchedOff.delete(keyId)) {
        memory.byHand.set(keyId, m.clock.now());
      }
      const by = named ? { userName: user().userName } : {};
      happened({ eventName: 'UpdateAccessKey', ...by, accessKeyId: keyId, status });
    },
    deletes(keyId: string): void {
      user().keys = user().keys.filter(({ id }) => id !== keyId);
      happened({ eventName: 'DeleteAccessKey', userName: user().userName, accessKeyId: keyId });
    },
    /** What AWS does by itself: of this no event tells. */
    expires(keyId: string): void {
      key(keyId).status = 'Expired';
    },
    uses(keyId: string, by = '203.0.113.0/24'): void {
      key(keyId).lastUsed = used(m.clock.now());
      m.trail.calls.push({ keyId, by, at: m.clock.now() });
    },
    renames(newUserName: string): void {
      const { userName } = user();
      user().userName = newUserName;
      happened({ eventName: 'UpdateUser', userName, newUserName });
    },
    tags(tags: Record<string, string>): void {
      user().tags = tags;
      happened({ eventName: 'TagUser', userName: user().userName });
    },
    isDeleted(): void {
      const { userName } = user();
      m.iam.users.delete(userId);
      happened({ eventName: 'DeleteUser', userName });
    },
    status: (keyId: string): KeyStatus | 'absent' =>
      m.iam.users.get(userId)?.keys.find(({ id }) => id === keyId)?.status ?? 'absent',
    current: () => m.caseOf(userId),
    phase: () => m.caseOf(userId)?.phase ?? 'none',
    account: ACCOUNT,
    userId,
  };
}

export type Owner = ReturnType<typeof ownerOn>;

/** Our own writes are IAM calls too, and CloudTrail tells of them. */
export function tellOfOurWrites(stage: Stage): void {
  const { iam, clock } = stage.m;
  iam.watchers.push(({ kind, userName, keyId }) => {
    const call: IamCall =
      kind === 'delete'
        ? { eventName: 'DeleteAccessKey', userName, accessKeyId: keyId }
        : {
            eventName: 'UpdateAccessKey',
            userName,
            accessKeyId: keyId,
            status: kind === 'deactivate' ? 'Inactive' : 'Active',
          };
    stage.event(eventOf(call, clock.now()));
  });
}
