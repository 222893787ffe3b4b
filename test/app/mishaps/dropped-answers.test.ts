import { describe, expect, it } from 'vitest';
import { recordDecision } from '../../../functions/app/approve/record-decision.ts';
import { showCase } from '../../../functions/app/approve/show-case.ts';
import type { Mail } from '../../../functions/app/ports.ts';
import { DAY, HOUR, MINUTE } from '../../../functions/core/model/time.ts';
import { postedReply, shownReply } from '../../../functions/web/answers.ts';
import {
  BOTH,
  decide,
  facts,
  intoQuestion,
  later,
  NAME,
  passing,
  portsOf,
  scene,
  trueKey,
  worldWith,
  writesOf,
} from '../../fakes/acts.ts';
import { NEWER, THIRD, USER_ID } from '../../fakes/cases.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

const TAG = { tag: { key: 'solekey:exclude', value: 'true' }, users: [] };

/** People are asked, and somebody has their page open. */
async function asked() {
  const { m, user } = worldWith(undefined, { exclude: TAG });
  await intoQuestion(m);
  return { m, user, writes: writesOf(m), page: facts(m) };
}

const since = (m: MemoryWorld, mails: number): Mail[] => m.mails.slice(mails);
const token = (m: MemoryWorld, recipient: string) =>
  m.mails
    .findLast((one) => one.recipient === recipient && one.link?.includes('/c/'))
    ?.link?.split('/')
    .at(-1) ?? '';

/** What the page behind somebody's link says now. */
async function pageOf(m: MemoryWorld, recipient: string): Promise<string> {
  const shown = await showCase(portsOf(m), token(m, recipient), 'decide');
  return String(await shownReply(shown, { policy: m.world.policy, now: m.clock.now() }).body);
}

/** What somebody reads who posts an answer on a page that they opened before. */
async function postOld(m: MemoryWorld, recipient: string, page: string): Promise<string> {
  const answer = {
    kind: 'keep' as const,
    keep: NEWER,
    off: { text: '3QXK', fours: ['3QXK'] },
    inUse: false,
    shownInUse: [],
    facts: page,
  };
  const done = await recordDecision(portsOf(m), token(m, recipient), 'decide', answer);
  const reply = postedReply(done, answer, { policy: m.world.policy, now: m.clock.now() });
  return 'body' in reply ? String(await reply.body) : '';
}

describe('the user is excluded after somebody decided, before that is carried out:', () => {
  it('whoever decided is told so, nobody else, and once', async () => {
    const { m, user, writes } = await asked();
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    user.tags = { 'solekey:exclude': 'true' };
    const before = m.mails.length;
    await m.sweep();
    const [mail, ...more] = since(m, before);
    expect(more).toEqual([]);
    expect(mail?.recipient).toBe('sec-lead');
    expect(mail?.subject).toContain('was not carried out');
    expect(mail?.body).toContain('was not carried out');
    expect(mail?.body).toContain('excluded');
    await passing(m, 2 * DAY, 6 * HOUR);
    expect(m.mails.length).toBe(before + 1);
    expect(writes).toEqual([]);
  });

  it('the page gives that reason, and does not say that keys have changed', async () => {
    const { m, user, page } = await asked();
    await decide(m, 'sec-lead', NEWER);
    user.tags = { 'solekey:exclude': 'true' };
    await m.sweep();
    for (const text of [await pageOf(m, 'sec-lead'), await postOld(m, 'sec-lead', page)]) {
      expect(text).toContain('was not carried out');
      expect(text).not.toContain('keys of this user have changed');
      expect(text).not.toContain('being done now');
    }
    expect(await postOld(m, 'platform-lead', page)).toContain('excluded');
  });

  it('the answer does not count when the exclusion ends: everybody is asked', async () => {
    const { m, user, writes } = await asked();
    await decide(m, 'sec-lead', NEWER);
    user.tags = { 'solekey:exclude': 'true' };
    await m.sweep();
    scene(m);
    user.tags = {};
    await later(m, DAY);
    expect(scene(m)).toContain(`awaiting-decision | MPLE Active, 3QXK Active | asked-again to ${BOTH}`);
    expect(writes).toEqual([]);
    expect(await pageOf(m, 'sec-lead')).not.toContain('keys of this user have changed');
  });

  it('the same where the decision was adopted and waits for the end of a pause', async () => {
    const { m, user } = await asked();
    m.table.state.control = { pauses: [{ from: m.clock.now(), to: null }], revoked: [] };
    await decide(m, 'sec-lead', NEWER);
    await m.sweep();
    expect(m.caseOf(USER_ID)?.phase).toBe('approved');
    user.tags = { 'solekey:exclude': 'true' };
    const before = m.mails.length;
    await later(m, HOUR);
    expect(
      since(m, before).map(({ recipient, subject }) => [recipient, subject.endsWith('was not carried out')]),
    ).toEqual([['sec-lead', true]]);
  });

  it('a mail that SNS refuses is tried again', async () => {
    const { m, user } = await asked();
    await decide(m, 'sec-lead', NEWER);
    user.tags = { 'solekey:exclude': 'true' };
    m.state.snsAway = true;
    await m.sweep();
    const before = m.mails.length;
    await passing(m, HOUR, 5 * MINUTE);
    m.state.snsAway = false;
    await passing(m, 2 * HOUR, 5 * MINUTE);
    expect(since(m, before).map(({ recipient }) => recipient)).toEqual(['sec-lead']);
  });
});

it('an approver is revoked before their answer is carried out: the others are asked again at once, and why', async () => {
  const { m, writes } = await asked();
  await decide(m, 'sec-lead', NEWER);
  m.table.state.control = { pauses: [], revoked: ['sec-lead'] };
  const before = m.mails.length;
  await m.sweep();
  const [mail, ...more] = since(m, before);
  expect([mail?.recipient, more]).toEqual(['platform-lead', []]);
  expect(mail?.subject).toContain('please decide again');
  expect(mail?.body.replaceAll('\n', ' ')).toContain(
    'came from Security lead, who is no longer allowed to decide',
  );
  expect(writes).toEqual([]);
  expect(await pageOf(m, 'platform-lead')).toContain('no longer allowed to decide');
});

describe('the question moves on between reading the page and storing the answer:', () => {
  /** Something happens in the moment before the answer is stored. */
  const meanwhile = (m: MemoryWorld, happens: () => Promise<unknown>) => {
    const { record } = m.table.approvals;
    m.table.approvals.record = async (...args) => {
      await happens();
      m.table.approvals.record = record;
      return record(...args);
    };
  };

  it('whoever answered is told at once that nothing happens', async () => {
    const { m, user, writes, page } = await asked();
    meanwhile(m, async () => {
      user.keys.push(trueKey(THIRD, 0, null));
      await m.wake(NAME);
    });
    const text = await postOld(m, 'sec-lead', page);
    expect(text).toContain('This has changed since you opened the page');
    expect(text).toContain('R7WZ is new');
    expect(text).not.toContain('being deactivated');
    await passing(m, HOUR, 10 * MINUTE);
    expect(writes).toEqual([]);
  });

  it('and it does not count either when the keys are as they were again', async () => {
    const { m, user, writes, page } = await asked();
    meanwhile(m, async () => {
      user.keys.push(trueKey(THIRD, 0, null));
      await m.wake(NAME);
    });
    await postOld(m, 'sec-lead', page);
    user.keys = user.keys.filter(({ id }) => id !== THIRD);
    await m.wake(NAME);
    await passing(m, HOUR, 10 * MINUTE);
    expect(writes).toEqual([]);
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    await m.sweep();
    expect(writes).toEqual(['deactivate 3QXK of ci-deploy']);
  });

  it('it was carried out already: the page says that it is recorded', async () => {
    const { m, writes, page } = await asked();
    const { record } = m.table.approvals;
    m.table.approvals.record = async (...args) => {
      m.table.approvals.record = record;
      const stored = await record(...args);
      await m.wake(NAME);
      return stored;
    };
    expect(await postOld(m, 'sec-lead', page)).not.toContain('Not recorded');
    expect(writes).toEqual(['deactivate 3QXK of ci-deploy']);
  });

  it('the case is closed: the page says so', async () => {
    const { m, user, page } = await asked();
    meanwhile(m, async () => {
      user.keys = user.keys.filter(({ id }) => id === NEWER);
      await m.wake(NAME);
      await later(m, MINUTE);
    });
    expect(await postOld(m, 'sec-lead', page)).toContain('this case is closed');
  });
});

describe('an answer is stored after a pass has looked for one, and before that pass writes that the question has moved on:', () => {
  /** Somebody answers in the moment after the pass has looked. */
  const answeredLate = (m: MemoryWorld, answer: () => Promise<unknown>) => {
    const { recorded } = m.world.cases;
    m.world.cases.recorded = async (...args) => {
      const found = await recorded(...args);
      m.world.cases.recorded = recorded;
      await answer();
      return found;
    };
  };

  /** An answer that is recorded too late, and everybody who is told afterwards that it was not carried out. */
  async function toldOfLate(m: MemoryWorld): Promise<string[]> {
    let said = '';
    answeredLate(m, async () => {
      said = await decide(m, 'sec-lead', NEWER);
    });
    const before = m.mails.length;
    await m.wake(NAME);
    await later(m, 2 * MINUTE);
    expect(said).toBe('recorded');
    const told = since(m, before).filter(({ body }) => body.includes('was not carried out'));
    return told.map(({ recipient }) => recipient);
  }

  it('whoever gave it is told why it is not carried out', async () => {
    const { m, user, writes } = await asked();
    user.keys.push(trueKey(THIRD, 0, null));
    expect(await toldOfLate(m)).toEqual(['sec-lead']);
    await passing(m, HOUR, 10 * MINUTE);
    expect(writes).toEqual([]);
  });

  it('it is carried out where the question is still the same', async () => {
    const { m, writes } = await asked();
    answeredLate(m, () => decide(m, 'sec-lead', NEWER));
    await m.wake(NAME);
    await m.sweep();
    expect(writes).toEqual(['deactivate 3QXK of ci-deploy']);
  });

  it('it does not lose to the closing of the case', async () => {
    const { m, user } = await asked();
    user.keys = user.keys.filter(({ id }) => id === NEWER);
    expect(await toldOfLate(m)).toEqual(['sec-lead']);
  });
});

it('keys change after the answer, before it is carried out: the mail to whoever gave it says so', async () => {
  const { m, user, writes } = await asked();
  await decide(m, 'sec-lead', NEWER);
  user.keys.push(trueKey(THIRD, 0, null));
  const before = m.mails.length;
  await m.sweep();
  await later(m, 2 * MINUTE);
  const told = since(m, before).filter(({ body }) => body.includes('was not carried out'));
  expect(told.map(({ recipient }) => recipient)).toEqual(['sec-lead']);
  expect(writes).toEqual([]);
});
