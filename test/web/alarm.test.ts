import { describe, expect, it } from 'vitest';
import { linkPath } from '../../functions/contracts/link.ts';
import type { Case } from '../../functions/core/case/case.ts';
import { buildApp } from '../../functions/web/app.ts';
import { aCase, aDecision, inGrace, key, NEWER, NOW, newer, OLDER, older, THIRD } from '../fakes/cases.ts';
import { breakable, page } from '../fakes/page.ts';

/** What the page says where only roles are trusted to make keys for others. */
async function shown(more: Partial<Case>, mode: 'enforce' | 'observe' = 'enforce'): Promise<string> {
  const world = page(aCase(more));
  const policy = { ...world.policy, mode, trustedCreators: ['role/*'] };
  const path = linkPath('decide', await world.link());
  const answer = await buildApp({ ...world.ports, policy }).request(path);
  return breakable(await answer.text());
}

describe('a key that somebody made whom nobody expects to', () => {
  const origins = { [NEWER]: { createdBy: 'user/<mallory>', at: NOW } };

  it('is what the page begins with, and what the proposal says first', async () => {
    const text = await shown({ origins });
    expect(text).toContain(
      'Urgent: a key of this user was created by someone not on the list of expected creators.',
    );
    expect(text).toContain(
      '…MPLE was created by user/&lt;mallory&gt;. First ask the person using user/&lt;mallory&gt;',
    );
    expect(text).toContain('do not keep …MPLE: decide immediately.');
  });

  it('is proposed for nothing while it is the one in use: that depends on who made it', async () => {
    const text = await shown({ origins });
    expect(text).toContain(
      'No proposal yet: first ask user/&lt;mallory&gt; whether …MPLE was created on purpose.',
    );
    expect(text).toContain('If it was: keep …MPLE, deactivate …3QXK.');
    expect(text).toContain('If it was not, or nobody answers: keep …3QXK, deactivate …MPLE.');
    expect(text).toContain('data-label="Keep">yes, if on purpose</td>');
    expect(text).toContain('data-label="Keep">yes, if not</td>');
    expect(text).not.toMatch(/as proposed|Confidence/);
  });

  it('leaves nothing to keep for long where strangers made them all', async () => {
    const text = await shown({
      origins: { ...origins, [OLDER]: { createdBy: 'root', at: NOW } },
      keys: [newer(), older(), key(THIRD)],
    });
    expect(text).toContain('do not keep …MPLE and …3QXK: decide immediately.');
    expect(text).toContain('data-label="Keep">no</td>');
    const all = await shown({ origins: { ...origins, [OLDER]: { createdBy: 'root', at: NOW } } });
    expect(all).toContain('the owner needs a new key; none of these should stay for long.');
    expect(all).not.toContain('or nobody answers');
  });

  it('is said also where nothing can be decided', async () => {
    expect(await shown({ origins }, 'observe')).toContain(
      'Urgent: a key of this user was created by someone not on the list of expected creators.',
    );
    expect(await shown({ origins, excluded: true, phase: 'excluded' })).toContain('Urgent');
  });

  it('is no alarm once somebody decided, nor if it was made by whom one expects', async () => {
    expect(await shown({ origins, decision: aDecision() })).not.toContain('Urgent');
    const expected = { [NEWER]: { createdBy: 'role/deployer', at: NOW } };
    expect(await shown({ origins: expected })).not.toContain('Urgent');
  });
});

describe('commands on the page', () => {
  it('are safe to paste whatever the name is', async () => {
    const userName = "a;b'";
    const quoted = '--user-name=&#39;a;b&#39;\\&#39;&#39;&#39;';
    expect(await shown({ userName })).toContain(`<code>aws iam list-access-keys ${quoted}</code>`);
    const off = {
      ...inGrace(),
      userName,
      decision: null,
      phase: 'held',
      heldFor: 'restore-by-hand',
    } as const;
    expect(await shown({ ...off, excluded: true })).toContain(
      `<code>aws iam update-access-key ${quoted} --access-key-id ${OLDER} --status Active</code>`,
    );
  });
});
