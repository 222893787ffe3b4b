import { describe, expect, it } from 'vitest';
import { linkPath } from '../../functions/contracts/link.ts';
import type { Case } from '../../functions/core/case/case.ts';
import { buildApp } from '../../functions/web/app.ts';
import { aCase, aDecision, inGrace, key, NEWER, NOW, newer, OLDER, older, THIRD } from '../fakes/cases.ts';
import { page } from '../fakes/page.ts';

/** What the page says where only roles are trusted to make keys for others. */
async function shown(more: Partial<Case>, mode: 'enforce' | 'observe' = 'enforce'): Promise<string> {
  const world = page(aCase(more));
  const policy = { ...world.policy, mode, trustedCreators: ['role/*'] };
  const path = linkPath('decide', await world.link());
  return (await buildApp({ ...world.ports, policy }).request(path)).text();
}

describe('a key that somebody made whom nobody expects to', () => {
  const origins = { [NEWER]: { createdBy: 'user/<mallory>', at: NOW } };

  it('is what the page begins with, and what the proposal says first', async () => {
    const text = await shown({ origins });
    expect(text).toContain('Urgent: somebody made a key');
    expect(text).toContain('…MPLE was made by user/&lt;mallory&gt;. First ask whoever works as');
    expect(text).toContain('do not keep that key.');
  });

  it('is proposed for nothing while it is the one in use: that depends on who made it', async () => {
    const text = await shown({ origins });
    expect(text).toContain('None until you have asked user/&lt;mallory&gt;.');
    expect(text).toContain('If that was meant: keep <span class="key">…MPLE</span>.');
    expect(text).toContain('If not, or if nobody answers: keep <span class="key">…3QXK</span>.');
    expect(text).toContain('data-label="Keep it">if it was meant</td>');
    expect(text).toContain('data-label="Keep it">if not</td>');
    expect(text).not.toMatch(/as proposed|confidence/);
  });

  it('leaves nothing to keep for long where strangers made them all', async () => {
    const text = await shown({
      origins: { ...origins, [OLDER]: { createdBy: 'root', at: NOW } },
      keys: [newer(), older(), key(THIRD)],
    });
    expect(text).toContain('do not keep those keys.');
    expect(text).toContain('data-label="Keep it">no</td>');
    const all = await shown({ origins: { ...origins, [OLDER]: { createdBy: 'root', at: NOW } } });
    expect(all).toContain('the owner needs a new key, and none of these should stay for long.');
    expect(all).not.toContain('If not, or if nobody answers');
  });

  it('is said also where nothing can be decided', async () => {
    expect(await shown({ origins }, 'observe')).toContain('Urgent: somebody made a key');
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
