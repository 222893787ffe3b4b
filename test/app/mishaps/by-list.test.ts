/** What becomes of decisions through a link to a list, from the page to IAM. */
import { describe, expect, it } from 'vitest';
import { recordDecision } from '../../../functions/app/approve/record-decision.ts';
import { showList } from '../../../functions/app/approve/show-list.ts';
import { lastFour } from '../../../functions/core/model/observation.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { administrator, anAbout } from '../../fakes/about.ts';
import { facts, intoQuestion, later, portsOf, restore, scene, trueKey, worldWith } from '../../fakes/acts.ts';
import { aListClaim, NEWER, NOW, OLDER, USER_ID, used } from '../../fakes/cases.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

/** A question about an ordinary user with one key in use and one that has been idle for most of a year. */
async function harmless() {
  const made = worldWith([trueKey(NEWER, 60, 0.1), trueKey(OLDER, 600, 240)]);
  made.m.table.abouts.set(USER_ID, anAbout());
  await intoQuestion(made.m);
  return made;
}

async function rows(m: MemoryWorld) {
  const shown = await showList(
    portsOf(m),
    await m.links.mint(aListClaim({ expires: plus(NOW, 90 * DAY) })),
    null,
  );
  return shown.kind === 'list' ? shown.entries : shown.why;
}

async function decideByList(m: MemoryWorld, purpose: 'list' | 'list-view' = 'list'): Promise<string> {
  const token = await m.links.mint(aListClaim({ purpose }));
  const row = { userId: USER_ID, caseNumber: m.caseOf(USER_ID)?.number ?? 0 };
  const fours = [lastFour(OLDER)];
  const { kind } = await recordDecision(portsOf(m), token, row, {
    kind: 'keep',
    keep: NEWER,
    off: { text: fours.join(' '), fours },
    inUse: false,
    shownInUse: [],
    facts: facts(m),
  });
  return kind;
}

describe('a decision through a link to a list', () => {
  it('is carried out to the end, and undone through the link in the mail about it', async () => {
    const { m, user } = await harmless();
    expect(await rows(m)).toMatchObject([{ want: 'undecided', harmless: { keep: NEWER, others: [OLDER] } }]);
    expect(await decideByList(m)).toBe('recorded');
    await m.sweep();
    expect(user.keys.map(({ status }) => status)).toEqual(['Active', 'Inactive']);
    expect(m.caseOf(USER_ID)?.decision).toMatchObject({ by: 'sec-lead', keep: NEWER });
    expect(await rows(m)).toMatchObject([{ want: 'rest', harmless: null }]);
    expect(await decideByList(m)).toBe('not-now');
    await later(m, MINUTE);
    expect(await restore(m, 'sec-lead', OLDER)).toBe('recorded');
    await later(m, MINUTE);
    expect(user.keys.map(({ status }) => status)).toEqual(['Active', 'Active']);
    // A key that somebody wanted back is not harmless any more.
    expect(await rows(m)).toMatchObject([{ want: 'undecided', harmless: null }]);
    expect(await decideByList(m)).toBe('wrong-purpose');
  });

  it('ends in the deletion of the key', async () => {
    const { m, user } = await harmless();
    expect(await decideByList(m)).toBe('recorded');
    for (let days = 0; days < 9; days += 1) {
      await later(m, DAY);
      await later(m, HOUR);
    }
    expect(user.keys.map(({ id }) => id)).toEqual([NEWER]);
    expect(await rows(m)).toEqual([]);
  });

  it.each<[string, (world: Awaited<ReturnType<typeof harmless>>) => void]>([
    [
      'the key is used',
      ({ user, m }) => {
        user.keys = user.keys.map((key) =>
          key.id === OLDER ? { ...key, lastUsed: used(m.clock.now()) } : key,
        );
      },
    ],
    [
      'a survey finds an administrator',
      ({ m }) => {
        m.table.abouts.set(USER_ID, anAbout({ privilege: administrator('AdministratorAccess') }));
      },
    ],
    [
      'the account is only observed',
      ({ m }) => {
        m.world.policy = { ...m.world.policy, mode: 'observe' };
      },
    ],
  ])('is not carried out if %s before it is adopted, and its author is told', async (_what, happens) => {
    const world = await harmless();
    const { m, user } = world;
    expect(await decideByList(m)).toBe('recorded');
    happens(world);
    await m.sweep();
    expect(user.keys.map(({ status }) => status)).toEqual(['Active', 'Active']);
    expect(m.caseOf(USER_ID)?.decision).toBeNull();
    const told = m.mails.filter(({ body }) => body.includes('was not carried out'));
    expect(told.map(({ recipient }) => recipient)).toEqual(['sec-lead']);
  });

  it('is taken for no case of an administrator, and through no link that only shows the list', async () => {
    const { m } = await harmless();
    expect(await decideByList(m, 'list-view')).toBe('wrong-purpose');
    m.table.abouts.set(USER_ID, anAbout({ privilege: administrator('AdministratorAccess') }));
    expect(await decideByList(m)).toBe('wrong-purpose');
    await m.sweep();
    expect(scene(m)).toContain('awaiting-decision');
    expect(m.table.requests.size).toBe(0);
  });
});

describe('the list of an approver', () => {
  it('is not shown to a revoked one, nor to somebody with their id under another address', async () => {
    const { m } = await harmless();
    m.table.state.control = { pauses: [], revoked: ['sec-lead'] };
    expect(await rows(m)).toBe('not-yours');
    expect(await decideByList(m)).toBe('refused');
    m.table.state.control = { pauses: [], revoked: [] };
    m.world.policy = {
      ...m.world.policy,
      approvers: [{ id: 'sec-lead', name: 'Successor', email: 'successor@example.com' }],
    };
    expect(await rows(m)).toBe('not-yours');
    expect(await decideByList(m)).toBe('refused');
  });
});
