import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../functions/core/model/time.ts';
import { buildApp } from '../../../functions/web/app.ts';
import {
  BOTH,
  decide,
  dueIn,
  intoGrace,
  intoQuestion,
  later,
  NAME,
  passing,
  portsOf,
  restore,
  scene,
  trueKey,
  worldWith,
} from '../../fakes/acts.ts';
import { NEWER, OLDER, THIRD, USER_ID, used } from '../../fakes/cases.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

const body = (m: MemoryWorld) => m.mails.at(-1)?.body ?? '';
const status = (m: MemoryWorld, id = OLDER) =>
  m.iam.users.get(USER_ID)?.keys.find((key) => key.id === id)?.status ?? 'gone';

describe('when IAM does not say when a key was last used', () => {
  it('a violation is recorded and mailed, and the mail says that it could not be read', async () => {
    const { m } = worldWith();
    m.iam.state.usesUnreadable = true;
    await intoQuestion(m);
    expect(body(m)).toMatch(/3QXK.*could not be read/);
    expect(body(m)).toContain('Confidence: low');
  });

  it('a restore is carried out at once', async () => {
    const { m } = worldWith();
    await intoGrace(m);
    m.iam.state.usesUnreadable = true;
    expect(await restore(m, 'sec-lead', OLDER)).toBe('recorded');
    await m.sweep();
    expect(status(m)).toBe('Active');
  });

  it('grace goes on, and the deletion is announced', async () => {
    const { m } = worldWith();
    await intoGrace(m);
    m.iam.state.usesUnreadable = true;
    await passing(m, 6 * DAY + 2 * HOUR);
    expect(scene(m)).toBe(`grace | MPLE Active, 3QXK Inactive | deletion-announced to ${BOTH}`);
  });
});

describe('a deactivation of a key whose last use is unknown', () => {
  it('waits, is tried again later and later, and is made once IAM says it', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    m.iam.state.usesUnreadable = true;
    await m.sweep();
    expect(scene(m)).toBe('approved | MPLE Active, 3QXK Active | silence');
    const waits: (number | null)[] = [];
    for (let look = 0; look < 6; look += 1) {
      waits.push(dueIn(m));
      await later(m, dueIn(m) ?? 0);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32].map((times) => times * MINUTE));
    m.iam.state.usesUnreadable = false;
    await later(m, HOUR);
    expect(scene(m)).toContain(`grace | MPLE Active, 3QXK Inactive | deactivated to ${BOTH}`);
  });

  it('is held after a day, people are told why, and it goes on by itself', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    m.iam.state.usesUnreadable = true;
    await m.sweep();
    await passing(m, 26 * HOUR);
    expect(scene(m)).toBe(`held(unknown) | MPLE Active, 3QXK Active | held to ${BOTH}`);
    expect(body(m)).toContain('IAM has not said when ...3QXK of IAM user ci-deploy');
    await passing(m, 4 * DAY);
    expect(scene(m)).toBe('held(unknown) | MPLE Active, 3QXK Active | reminder to ');
    expect(m.digestMails.at(-1)?.body).toContain('ci-deploy');
    m.iam.state.usesUnreadable = false;
    await passing(m, HOUR);
    expect(scene(m)).toContain(`grace | MPLE Active, 3QXK Inactive | deactivated to ${BOTH}`);
  });

  it('is not made on a use from before: a known use counts for as long as none is read', async () => {
    const { m, user } = worldWith();
    await intoQuestion(m);
    for (const key of user.keys) {
      key.lastUsed = used(m.clock.now());
    }
    await m.wake(NAME);
    m.iam.state.usesUnreadable = true;
    await later(m, MINUTE);
    expect(await decide(m, 'sec-lead', NEWER, { inUse: true })).toBe('recorded');
    await m.sweep();
    expect(scene(m)).toContain(`grace | MPLE Active, 3QXK Inactive | deactivated to ${BOTH}`);
  });

  it('does not keep another key of the same decision waiting', async () => {
    const { m, user } = worldWith();
    user.keys.push(trueKey(THIRD, 50, null));
    await intoQuestion(m);
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    m.iam.state.unreadUses.add(OLDER);
    await m.sweep();
    expect([status(m), status(m, THIRD)]).toEqual(['Active', 'Inactive']);
  });
});

describe('a deletion of a key whose last use is unknown', () => {
  it('does not happen, and the key can be reactivated meanwhile; after a day people are told', async () => {
    const { m } = worldWith();
    await intoGrace(m);
    await passing(m, 6 * DAY + 23 * HOUR);
    m.iam.state.usesUnreadable = true;
    await passing(m, 6 * HOUR);
    expect(scene(m)).toBe(`grace | MPLE Active, 3QXK Inactive | deletion-announced to ${BOTH}`);
    await passing(m, DAY);
    expect(scene(m)).toBe(`held(unknown) | MPLE Active, 3QXK Inactive | held to ${BOTH}`);
    expect(body(m)).toContain('IAM has not said when ...3QXK of IAM user ci-deploy');
    expect(await restore(m, 'sec-lead', OLDER)).toBe('recorded');
    await m.sweep();
    expect(status(m)).toBe('Active');
  });

  it('happens once IAM says that it was not used', async () => {
    const { m } = worldWith();
    await intoGrace(m);
    await passing(m, 6 * DAY + 23 * HOUR);
    m.iam.state.usesUnreadable = true;
    await passing(m, 2 * DAY);
    m.iam.state.usesUnreadable = false;
    await passing(m, 3 * HOUR, MINUTE);
    expect(status(m)).toBe('gone');
    expect(m.caseOf(USER_ID)?.closedAs).toBe('remediated');
  });

  it('that was committed is taken back, so that the key can be reactivated', async () => {
    const { m } = worldWith();
    await intoGrace(m);
    await passing(m, 6 * DAY + 23 * HOUR);
    while (m.caseOf(USER_ID)?.phase !== 'deleting') {
      await later(m, MINUTE);
    }
    m.iam.state.usesUnreadable = true;
    await passing(m, 5 * MINUTE, MINUTE);
    expect(m.caseOf(USER_ID)?.phase).toBe('grace');
    expect(await restore(m, 'sec-lead', OLDER)).toBe('recorded');
    await m.sweep();
    expect(status(m)).toBe('Active');
  });
});

it('a use that was known is not asked about again because it could not be read for a while', async () => {
  const { m, user } = worldWith();
  await intoGrace(m);
  await restore(m, 'sec-lead', OLDER);
  await m.sweep();
  for (const key of user.keys) {
    key.lastUsed = used(m.clock.now());
  }
  await later(m, HOUR);
  await m.wake(NAME);
  m.iam.state.usesUnreadable = true;
  await m.wake(NAME);
  m.iam.state.usesUnreadable = false;
  scene(m);
  await m.wake(NAME);
  expect(scene(m)).toContain('silence');
});

describe('the last use on a page', () => {
  const page = async (m: MemoryWorld) => {
    const link = m.mails.findLast((mail) => mail.link !== null)?.link ?? '';
    return (await buildApp(portsOf(m)).request(new URL(link).pathname)).text();
  };

  it('is as new as the newest pass, although that found nothing else, and the page says as of when', async () => {
    const { m, user } = worldWith();
    await intoQuestion(m);
    const { version, keysSeenAt } = m.caseOf(USER_ID) ?? {};
    await passing(m, 3 * HOUR);
    for (const key of user.keys) {
      key.lastUsed = key.id === OLDER ? used(m.clock.now(), 'SQS') : key.lastUsed;
    }
    await m.wake(NAME);
    expect(m.caseOf(USER_ID)).toMatchObject({ version, keysSeenAt });
    expect(await page(m)).toMatch(/today 19:11 UTC, SQS/);
    expect(await page(m)).toContain('Statuses and last uses as seen in IAM on 23 Nov 2026, 19:11 UTC');
    expect(await decide(m, 'sec-lead', NEWER)).toBe('wrong');
    expect(await decide(m, 'sec-lead', NEWER, { inUse: true })).toBe('recorded');
  });

  it('costs no write where nothing newer was read', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    let writes = 0;
    const { reschedule } = m.world.cases;
    m.world.cases = {
      ...m.world.cases,
      reschedule(...moved) {
        writes += 1;
        return reschedule(...moved);
      },
    };
    await m.wake(NAME);
    await m.wake(NAME);
    expect(writes).toBe(0);
  });

  it('is dropped by the next version of the case, also one that a release before this one wrote', async () => {
    const { m, user } = worldWith();
    await intoQuestion(m);
    for (const key of user.keys) {
      key.lastUsed = used(m.clock.now(), 'SQS');
    }
    await m.wake(NAME);
    const row = m.table.rows.get(USER_ID);
    if (row === undefined) {
      throw new Error('no case');
    }
    m.table.rows.set(USER_ID, { ...row, case: { ...row.case, version: row.case.version + 1 } });
    expect(await page(m)).not.toContain('SQS');
  });
});
