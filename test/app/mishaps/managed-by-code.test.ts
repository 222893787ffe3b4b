import { describe, expect, it } from 'vitest';
import { recordDecision } from '../../../functions/app/approve/record-decision.ts';
import { reconcile } from '../../../functions/app/reconcile/reconcile.ts';
import { lastFour } from '../../../functions/core/model/observation.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import {
  facts,
  intoGrace,
  later,
  NAME,
  passing,
  portsOf,
  scene,
  trueKey,
  worldWith,
} from '../../fakes/acts.ts';
import { ACCOUNT, aClaim, NEWER, OLDER, USER_ID } from '../../fakes/cases.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

const to = (m: MemoryWorld, recipient = 'sec-lead') => m.mails.filter((mail) => mail.recipient === recipient);
const text = (mail: { readonly body: string } | undefined) => mail?.body.replaceAll('\n', ' ') ?? '';

/** Somebody applies code that says: this key is active. */
async function applies(m: MemoryWorld): Promise<void> {
  for (const key of m.iam.users.get(USER_ID)?.keys ?? []) {
    key.status = 'Active';
  }
  await m.wake(NAME);
  await later(m, MINUTE);
}

/** Nothing more than a person does with the newest page: decide again. */
async function decidesAgain(m: MemoryWorld): Promise<void> {
  const current = m.caseOf(USER_ID);
  const off = (current?.keys ?? []).map(({ id }) => id).filter((id) => id !== NEWER);
  const fours = off.map(lastFour);
  const token = await m.links.mint(
    aClaim({ caseNumber: current?.number ?? 0, expires: plus(m.clock.now(), DAY) }),
  );
  const answer = {
    kind: 'keep' as const,
    keep: NEWER,
    off: { text: '', fours },
    inUse: false,
    shownInUse: [],
    facts: facts(m),
  };
  expect((await recordDecision(portsOf(m), token, 'decide', answer)).kind).toBe('recorded');
  await m.wake(NAME);
  await later(m, MINUTE);
}

describe('code reactivates the key each day, and nobody changes the code:', () => {
  it('the second mail says so, who decides is up to people, and mails come once a week', async () => {
    const { m } = worldWith();
    await intoGrace(m);
    await applies(m);
    expect(text(to(m).at(-1))).not.toContain('for the');
    await decidesAgain(m);
    await later(m, DAY);
    await applies(m);
    const second = to(m).at(-1);
    expect(second?.subject).toContain('ci-deploy: ...3QXK returned for the 2nd time');
    expect(text(second)).toContain(
      '...3QXK was reactivated for the 2nd time. If code manages it, change the code first',
    );
    expect(text(second)).toContain('Proposal: wait');
    const before = to(m).length;
    const [digests, reader] = [m.digestMails.length, to(m)[0]?.recipient];
    for (let day = 0; day < 28; day += 1) {
      await later(m, DAY);
      await applies(m);
    }
    expect(to(m)).toHaveLength(before);
    const listed = m.digestMails.slice(digests).filter(({ recipient }) => recipient === reader);
    expect(listed.length).toBeLessThanOrEqual(4);
    expect(listed.length).toBeGreaterThanOrEqual(3);
  });

  it('also if somebody decides each time: no question is mailed but once a week', async () => {
    const { m } = worldWith();
    await intoGrace(m);
    const asked = () => to(m).filter(({ link }) => link?.includes('/c/')).length;
    for (let day = 0; day < 2; day += 1) {
      await later(m, DAY);
      await applies(m);
      await decidesAgain(m);
    }
    const before = asked();
    for (let day = 0; day < 28; day += 1) {
      await later(m, DAY);
      await applies(m);
      await decidesAgain(m);
    }
    expect(asked() - before).toBeLessThanOrEqual(4);
    expect(m.caseOf(USER_ID)?.returned).toMatchObject({ count: 30, how: 'reactivated', keyId: OLDER });
  });

  it('an alarm is mailed at once all the same', async () => {
    const { m, user } = worldWith(undefined, { trustedCreators: ['role/*'] });
    await intoGrace(m);
    for (let times = 0; times < 3; times += 1) {
      await applies(m);
      await decidesAgain(m);
    }
    await applies(m);
    const before = to(m).length;
    const keyId = 'AKIAI44QH8DHBEX1NPNW';
    user.keys.push(trueKey(keyId, 0, null));
    const origin = { createdBy: 'user/mallory', at: m.clock.now(), keyId };
    await reconcile(m.world, { kind: 'user', account: ACCOUNT, userName: NAME, attempt: 0 }, { origin });
    expect(to(m).length).toBe(before + 1);
    expect(to(m).at(-1)?.subject).toContain('URGENT');
  });
});

describe('code creates a key anew after each deletion:', () => {
  it('from the second time on the mail says so and by whom, and mails come once a week', async () => {
    const { m, user } = worldWith(undefined, {
      rotationWindow: HOUR,
      grace: 4 * HOUR,
      deletionNotice: 2 * HOUR,
    });
    await intoGrace(m);
    const ids = ['AKIAI44QH8DHBEX1AAAA', 'AKIAI44QH8DHBEX1BBBB', 'AKIAI44QH8DHBEX1CCCC'];
    for (const [times, keyId] of ids.entries()) {
      await passing(m, 2 * DAY, HOUR / 2);
      expect(scene(m)).toContain('closed(remediated)');
      user.keys.push({ ...trueKey(keyId, 0, null), created: m.clock.now() });
      const origin = { createdBy: 'role/deployer', at: m.clock.now(), keyId };
      const before = to(m).length;
      await reconcile(m.world, { kind: 'user', account: ACCOUNT, userName: NAME, attempt: 0 }, { origin });
      await passing(m, 3 * HOUR, HOUR / 4);
      expect(m.caseOf(USER_ID)?.returned?.count).toBe(times + 1);
      if (times === 1) {
        expect(text(to(m).at(-1))).toContain('created for the 2nd time by role/deployer');
      }
      if (times === 2) {
        expect(to(m).length).toBe(before);
      } else {
        expect(to(m).length).toBeGreaterThan(before);
      }
      await decidesAgain(m);
    }
  });
});
