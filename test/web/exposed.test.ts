import { describe, expect, it } from 'vitest';
import { linkPath } from '../../functions/contracts/link.ts';
import type { Case } from '../../functions/core/case/case.ts';
import { buildApp } from '../../functions/web/app.ts';
import { aCase, inGrace, NEWER, NOW, OLDER } from '../fakes/cases.ts';
import { breakable, page } from '../fakes/page.ts';

async function shown(current: Case, mode: 'enforce' | 'observe' = 'enforce', more = {}): Promise<string> {
  const world = page(current);
  const policy = { ...world.policy, mode, ...more };
  const answer = await buildApp({ ...world.ports, policy }).request(linkPath('decide', await world.link()));
  return breakable(await answer.text());
}

const reported = (id: string) => ({ exposed: { keys: { [id]: { at: NOW } } } });
const QUARANTINED = { exposed: { keys: {}, quarantined: { at: NOW } } };

describe('the page of a user with an exposed key', () => {
  it('begins with the alarm, and proposes the other key', async () => {
    const text = await shown(aCase(reported(NEWER)));
    expect(text).toContain('Urgent: AWS reports a key of this user as exposed.');
    expect(text).toContain('Do not keep …MPLE: decide immediately.');
    expect(text).toContain('Proposal: keep …3QXK, deactivate …MPLE.');
    expect(text).toContain('Confidence: low.');
  });

  it('proposes to keep none where AWS quarantined the user', async () => {
    const text = await shown(aCase(QUARANTINED));
    expect(text).toContain('Urgent: AWS quarantined this user, because one of its keys is exposed.');
    expect(text).toContain('Keep none until you know which key is exposed.');
    expect(text).not.toMatch(/as proposed|Proposal:|Confidence/);
    expect(text).toContain('data-label="Keep">no</td>');
  });

  it('says so also where nothing can be decided, and when the report came after the decision', async () => {
    expect(await shown(aCase(reported(OLDER)), 'observe')).toContain('Deactivate …3QXK in IAM.');
    const later = await shown(inGrace({}, reported(NEWER)));
    expect(later).toContain('Urgent: AWS reports a key of this user as exposed.');
    expect(later).toContain('the owner needs a new key');
    expect(await shown(inGrace({}, reported(OLDER)))).not.toContain('Urgent');
  });

  it('names unexpected creators as well, who may be whoever has the exposed key', async () => {
    const origins = { [OLDER]: { createdBy: 'user/mallory', at: NOW } };
    const text = await shown(aCase({ ...reported(NEWER), origins }), 'enforce', {
      trustedCreators: ['role/*'],
    });
    expect(text).toContain('Urgent: AWS reports a key of this user as exposed.');
    expect(text).toContain('…3QXK was created by user/mallory.');
  });
});
