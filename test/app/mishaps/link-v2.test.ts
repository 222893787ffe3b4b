/** The release after this one mails links of version 2. Everything that people do with them works in this one. */
import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../../functions/core/model/time.ts';
import { BOTH, decide, intoGrace, intoQuestion, later, restore, scene, worldWith } from '../../fakes/acts.ts';
import { NEWER, OLDER, POLICY } from '../../fakes/cases.ts';
import { caseClaimIn } from '../../fakes/claims.ts';
import { signing } from '../../fakes/signing.ts';

/** A world whose mails have links of version 2. */
function nextRelease() {
  const { m } = worldWith();
  const { mint } = signing('a key for tests', 'v2');
  m.world.links = { ...m.world.links, mint };
  return m;
}

describe('with links of version 2', () => {
  it('a key is deactivated, and reactivated again', async () => {
    const m = nextRelease();
    await intoGrace(m);
    expect(m.mails.every(({ link }) => link?.includes('/v2') === true)).toBe(true);
    expect(m.mails.every(({ link }) => 'person' in (caseClaimIn(link) ?? {}))).toBe(true);
    expect(await restore(m, 'platform-lead', OLDER)).toBe('recorded');
    await m.sweep();
    await later(m, MINUTE);
    expect(scene(m)).toContain(`restored to ${BOTH}`);
  });

  it('nobody decides under a former address, or with the id of somebody who had it before', async () => {
    const m = nextRelease();
    await intoQuestion(m);
    const [lead, ...others] = POLICY.approvers;
    const moved = { id: 'sec-lead', name: 'Successor', email: 'successor@example.com' };
    m.world.policy = { ...m.world.policy, approvers: [moved, ...others] };
    expect(await decide(m, 'sec-lead', NEWER)).toBe('refused');
    m.world.policy = { ...m.world.policy, approvers: others };
    expect(await decide(m, 'sec-lead', NEWER)).toBe('refused');
    expect(lead?.id).toBe('sec-lead');
    expect(await decide(m, 'platform-lead', NEWER)).toBe('recorded');
  });

  it('an answer whose author lost the address before it was carried out is not, and people are asked again', async () => {
    const m = nextRelease();
    await intoQuestion(m);
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    m.world.policy = { ...m.world.policy, approvers: POLICY.approvers.slice(1) };
    await m.sweep();
    expect(scene(m)).toContain('awaiting-decision');
    expect(
      m.iam.users
        .values()
        .next()
        .value?.keys.every(({ status }) => status === 'Active'),
    ).toBe(true);
    expect(m.mails.at(-1)).toMatchObject({ recipient: 'platform-lead' });
    expect(m.mails.at(-1)?.body).toContain('came from someone, who is no longer allowed to decide');
  });
});

it('links of both versions work beside each other', async () => {
  const { m } = worldWith();
  await intoGrace(m);
  m.world.links = { ...m.world.links, mint: signing('a key for tests', 'v2').mint };
  expect(await restore(m, 'sec-lead', OLDER)).toBe('recorded');
  await m.sweep();
  await later(m, MINUTE);
  expect(scene(m)).toContain(`restored to ${BOTH}`);
  expect(m.mails.at(-1)?.link).toContain('/v2');
  expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
});
