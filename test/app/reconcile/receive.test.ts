import { describe, expect, it } from 'vitest';
import type { LinkMailed } from '../../../functions/app/reconcile/mail-link.ts';
import { type Message, type Reception, receive } from '../../../functions/app/reconcile/receive.ts';
import type { Reconciled } from '../../../functions/app/reconcile/reconcile.ts';
import type {
  DigestWish,
  MailLinkWish,
  News,
  RefreshWish,
  StatementWish,
  Wake,
} from '../../../functions/app/wake.ts';
import { ACCOUNT, NEWER, NOW, USER_ID } from '../../fakes/cases.ts';
import { memoryLog } from '../../fakes/ports.ts';

const wake: Wake = { kind: 'user', account: ACCOUNT, userId: USER_ID, attempt: 0 };

/** Remembers events like the small table does: work that throws is forgotten. */
function reception(outcome: Reconciled | Error = 'done') {
  const log = memoryLog();
  const seen = {
    reconciled: [] as Wake[],
    news: [] as (News | null)[],
    wishes: [] as RefreshWish[],
    digests: [] as DigestWish[],
    links: [] as MailLinkWish[],
    statements: [] as StatementWish[],
    mailed: 'mailed' as LinkMailed,
    buried: [] as string[],
    remembered: new Set<string>(),
    stamps: 0,
    signOffs: 0,
  };
  const world: Reception = {
    log,
    account: ACCOUNT,
    async reconcile(one, news) {
      seen.reconciled.push(one);
      seen.news.push(news);
      if (outcome instanceof Error) {
        throw outcome;
      }
      return outcome;
    },
    async refresh(wish) {
      seen.wishes.push(wish);
    },
    async digest(wish) {
      seen.digests.push(wish);
    },
    async mailLink(wish) {
      seen.links.push(wish);
      return seen.mailed;
    },
    async signOff() {
      seen.signOffs += 1;
    },
    async statement(wish) {
      seen.statements.push(wish);
    },
    async once(eventId, work) {
      if (seen.remembered.has(eventId)) {
        return;
      }
      await work();
      seen.remembered.add(eventId);
    },
    async stamp() {
      seen.stamps += 1;
    },
    async bury(body) {
      seen.buried.push(body);
    },
  };
  return { world, seen, log };
}

const origin = { keyId: NEWER, createdBy: 'user/mallory', at: NOW };
const event: Message = { kind: 'event', eventId: 'event-1', wake, origin, odd: [] };

it('a message of a newer release is counted and left to the retries, so that it outlives a roll-back', async () => {
  const { world, seen, log } = reception();
  const message: Message = { kind: 'newer', of: 'digest' };
  await expect(receive(world, message, 'body')).rejects.toThrow(
    'of the kind "digest" is for a newer release',
  );
  expect(log.lines).toContain('count NewerMessage');
  expect(seen).toMatchObject({ reconciled: [], wishes: [], buried: [] });
});

describe('what becomes of a message', () => {
  it.each<[string, Message, number, number, string | null]>([
    ['a wake is a look', { kind: 'wake', wake }, 2, 0, null],
    ['an event is a look, once', event, 1, 0, null],
    ['a failed call asks for nothing', { kind: 'ignored', why: 'failed-call' }, 0, 0, null],
    ['a key of root is counted', { kind: 'ignored', why: 'root-key' }, 0, 0, 'count RootKeyEvent'],
    [
      'what is no message goes where people look',
      { kind: 'broken', problem: 'not JSON' },
      0,
      2,
      'count BrokenMessage',
    ],
  ])('%s', async (_what, message, looks, buried, counted) => {
    const { world, seen, log } = reception();
    await receive(world, message, 'the body');
    await receive(world, message, 'the body');
    expect(seen.reconciled).toEqual(Array.from({ length: looks }, () => wake));
    expect(seen.buried).toEqual(Array.from({ length: buried }, () => 'the body'));
    expect(log.lines.filter((line) => line.startsWith('count'))).toEqual(
      counted === null ? [] : [counted, counted],
    );
  });

  it('the body of a broken message is not logged: nobody knows what is in it', async () => {
    const { world, log } = reception();
    await receive(world, { kind: 'broken', problem: 'not JSON' }, 'a secret');
    expect(log.lines.join()).not.toContain('a secret');
  });

  it('an event whose look must wait is handled: a wake is on its way, and a copy would only double it', async () => {
    const { world, seen } = reception('wait');
    await receive(world, event, '');
    await receive(world, event, '');
    expect(seen.reconciled).toHaveLength(1);
  });

  it('only an event tells news', async () => {
    const { world, seen } = reception();
    await receive(world, { kind: 'wake', wake }, '');
    await receive(world, event, '');
    expect(seen.news).toEqual([null, { origin }]);
  });

  it('tells what AWS calls exposed, of each key by itself, once', async () => {
    const { world, seen } = reception();
    const exposure = { kind: 'key' as const, keyId: NEWER, at: NOW };
    const reports = ['one', 'two'].map((eventId) => {
      return { kind: 'event' as const, eventId, wake, origin: null, exposure, odd: [] };
    });
    await receive(world, { kind: 'reports', reports }, '');
    await receive(world, { kind: 'reports', reports }, '');
    expect(seen.news).toEqual([
      { origin: null, exposure },
      { origin: null, exposure },
    ]);
    await receive(world, { kind: 'wakes', wakes: [wake, wake] }, '');
    expect(seen.news.slice(2)).toEqual([null, null]);
  });

  it('handles every report before it leaves one that failed to the queue', async () => {
    const { world, seen } = reception(new Error('IAM is away'));
    const reports = ['one', 'two'].map((eventId) => {
      return { kind: 'event' as const, eventId, wake, origin: null, odd: [] };
    });
    await expect(receive(world, { kind: 'reports', reports }, '')).rejects.toThrow('IAM is away');
    expect([seen.reconciled.length, seen.remembered.size]).toEqual([2, 0]);
  });

  it('an event with odd fields is used, and counted', async () => {
    const { world, seen, log } = reception();
    await receive(world, { ...event, eventId: null, odd: ['eventID', 'userIdentity.arn'] }, '');
    await receive(world, { ...event, eventId: null, odd: [] }, '');
    expect(seen.reconciled).toHaveLength(2);
    expect(log.lines.filter((line) => line === 'count EventFieldUnread')).toHaveLength(1);
    expect(log.lines.join()).toContain('["eventID","userIdentity.arn"]');
  });

  it.each<[string, Message]>([
    ['a wake', { kind: 'wake', wake }],
    ['an event', event],
  ])('%s that fails is logged and thrown, so that the queue brings it again', async (_what, message) => {
    const failure = new Error('GetUser: throttled');
    const { world, log } = reception(failure);
    await expect(receive(world, message, '')).rejects.toBe(failure);
    expect(log.lines.some((line) => line.startsWith('error A message could not be handled now'))).toBe(true);
    expect(log.lines).toContain('count MessageNotHandled');
  });

  it('a broken message that cannot be buried comes again, too', async () => {
    const { world } = reception();
    const away = async () => {
      throw new Error('SQS is away');
    };
    await expect(receive({ ...world, bury: away }, { kind: 'broken', problem: 'x' }, '')).rejects.toThrow(
      'away',
    );
  });
});

it('a wake about another account makes no case here', async () => {
  const { world, seen, log } = reception();
  const elsewhere = { ...wake, account: '999999999999' };
  await receive(world, { kind: 'wake', wake: elsewhere }, '');
  await receive(world, { ...event, eventId: 'e-9', wake: elsewhere }, '');
  expect(seen.reconciled).toEqual([]);
  expect(seen.buried).toEqual([]);
  expect(log.lines.filter((line) => line === 'count OtherAccount')).toHaveLength(2);
});

describe('a wish for AWS Config', () => {
  const wish: RefreshWish = {
    kind: 'refresh',
    account: ACCOUNT,
    since: '2026-11-23T16:10:00.000Z',
    hops: 0,
  };

  it('is granted for this account', async () => {
    const { world, seen } = reception();
    await receive(world, { kind: 'refresh', wish }, '');
    expect(seen.wishes).toEqual([wish]);
  });

  it('of another account is ignored, and counted', async () => {
    const { world, seen, log } = reception();
    await receive(world, { kind: 'refresh', wish: { ...wish, account: '210987654321' } }, '');
    expect(seen.wishes).toEqual([]);
    expect(log.lines.join()).toContain('count OtherAccount');
  });
});

describe('the stamp of events', () => {
  it('is written for an event that was handled, and for nothing else', async () => {
    const { world, seen } = reception();
    await receive(world, { kind: 'wake', wake }, '');
    await receive(world, { kind: 'ignored', why: 'failed-call' }, '');
    expect(seen.stamps).toBe(0);
    await receive(world, event, '');
    expect(seen.stamps).toBe(1);
    const failing = reception(new Error('IAM is away'));
    await expect(receive(failing.world, event, '')).rejects.toThrow('IAM is away');
    expect(failing.seen.stamps).toBe(0);
  });

  it('does not bring a handled event again when it fails', async () => {
    const { world, seen, log } = reception();
    const away = {
      ...world,
      stamp: async () => {
        throw new Error('the table is away');
      },
    };
    await receive(away, event, '');
    expect(seen.reconciled).toHaveLength(1);
    expect(log.lines).toContain('count StampNotWritten');
  });
});

describe('a request for a mail with a link', () => {
  const wish = { kind: 'mail-link' as const, account: ACCOUNT, userId: USER_ID, digest: 'd'.repeat(64) };

  it('is granted once', async () => {
    const { world, seen } = reception();
    await receive(world, { kind: 'mail-link', wish }, '');
    await receive(world, { kind: 'mail-link', wish }, '');
    expect(seen.links).toEqual([wish]);
  });

  it.each(['refused', 'full'] as const)(
    'is not remembered if it was %s, and may be made again',
    async (why) => {
      const { world, seen, log } = reception();
      seen.mailed = why;
      await receive(world, { kind: 'mail-link', wish }, '');
      seen.mailed = 'mailed';
      await receive(world, { kind: 'mail-link', wish }, '');
      expect([seen.links.length, seen.remembered.size, log.lines]).toEqual([2, 1, []]);
    },
  );

  it('is not taken for the same request of another user', async () => {
    const { world, seen } = reception();
    await receive(world, { kind: 'mail-link', wish: { ...wish, userId: 'AIDAOTHER' } }, '');
    await receive(world, { kind: 'mail-link', wish }, '');
    expect(seen.links).toHaveLength(2);
  });

  it('comes again if the mail could not be sent now', async () => {
    const { world, seen } = reception();
    const away = async () => {
      throw new Error('SNS is away');
    };
    await expect(receive({ ...world, mailLink: away }, { kind: 'mail-link', wish }, '')).rejects.toThrow(
      'away',
    );
    expect(seen.remembered.size).toBe(0);
  });

  it('of another account is ignored, and counted', async () => {
    const { world, seen, log } = reception();
    await receive(world, { kind: 'mail-link', wish: { ...wish, account: '210987654321' } }, '');
    expect(seen.links).toEqual([]);
    expect(log.lines).toContain('count OtherAccount');
  });
});

describe('a request to record a statement', () => {
  const wish = { kind: 'statement' as const, account: ACCOUNT, digest: 'd'.repeat(64) };

  it('is handled each time that it comes, because its item says what was recorded', async () => {
    const { world, seen } = reception();
    await receive(world, { kind: 'statement', wish }, '');
    await receive(world, { kind: 'statement', wish }, '');
    expect([seen.statements, seen.remembered.size]).toEqual([[wish, wish], 0]);
  });

  it('of another account is ignored, and counted', async () => {
    const { world, seen, log } = reception();
    await receive(world, { kind: 'statement', wish: { ...wish, account: '210987654321' } }, '');
    expect(seen.statements).toEqual([]);
    expect(log.lines).toContain('count OtherAccount');
  });
});

it('a request to ask for a sign-off is handled each time, and one of another account is ignored', async () => {
  const { world, seen, log } = reception();
  const wish = { kind: 'sign-off' as const, account: ACCOUNT };
  await receive(world, { kind: 'sign-off', wish }, '');
  await receive(world, { kind: 'sign-off', wish }, '');
  await receive(world, { kind: 'sign-off', wish: { ...wish, account: '210987654321' } }, '');
  expect(seen.signOffs).toBe(2);
  expect(log.lines).toContain('count OtherAccount');
});
