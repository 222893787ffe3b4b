import { describe, expect, it } from 'vitest';
import { linkPath } from '../../functions/contracts/link.ts';
import type { Case } from '../../functions/core/case/case.ts';
import { DAY, plus } from '../../functions/core/model/time.ts';
import type { KeyUsage } from '../../functions/core/usage/usage.ts';
import { HISTORY_LIMITS } from '../../functions/core/words/usage.ts';
import { buildApp } from '../../functions/web/app.ts';
import {
  ACCOUNT,
  aCase,
  inGrace,
  key,
  NEWER,
  NOW,
  newer,
  OLDER,
  POLICY,
  USER_ID,
  used,
} from '../fakes/cases.ts';
import { HOSTILE_TAGS } from '../fakes/hostile.ts';
import { breakable, page } from '../fakes/page.ts';
import { family, usage } from '../fakes/usage.ts';

async function shown(keys: readonly KeyUsage[] | null, current: Case = aCase(), on = true): Promise<string> {
  const world = page(current);
  world.store.usage = keys === null ? null : { at: NOW, keys };
  const ports = { ...world.ports, policy: { ...POLICY, usage: on ? [] : null } };
  const answer = await buildApp(ports).request(linkPath('decide', await world.link()));
  return breakable(await answer.text())
    .replace(/\s+/g, ' ')
    .replaceAll('&#39;', "'");
}

const ci = usage([family({ agent: 'github-actions', service: 'ecs' })]);
const laptop = usage([family({ agent: 'aws-cli', service: 'sts', last: plus(NOW, -43 * DAY) })], {
  keyId: OLDER,
});

describe('who uses the keys', () => {
  it('is on the page: from where, what for, what would replace the key, and what cannot be seen', async () => {
    const text = await shown([ci, laptop]);
    expect(text).toContain(
      '<span class="key">…MPLE</span>: GitHub Actions: ECS, today 16:10 UTC. <p>It seems to be used by a CI job. A CI job needs no access key: it can assume a role through OIDC.',
    );
    expect(text).toContain('<span class="key">…3QXK</span>: 203.0.113.0/24 (AWS CLI): STS, 11 Oct 2026');
    expect(text).toContain(HISTORY_LIMITS);
    expect(text).toContain('Everything that was seen of …MPLE');
    expect(text).toContain('Read 23 Nov 2026, 16:10 UTC in us-east-1 and eu-west-1: complete back to');
  });

  it('also explains the proposal', async () => {
    expect(await shown([ci, laptop])).toContain('CloudTrail shows …MPLE in use from GitHub Actions.');
  });

  it('says where it was not looked up, which is not the same as unused', async () => {
    const text = await shown([ci]);
    expect(text).toContain('<span class="key">…3QXK</span>: not looked up (not yet).');
    expect(text).not.toContain('not seen since');
  });

  it('says that a key was not seen, with what cannot be seen', async () => {
    const text = await shown([ci, usage([], { keyId: OLDER })]);
    expect(text).toContain('<span class="key">…3QXK</span>: not seen since 25 Aug 2026');
    expect(text).toContain(HISTORY_LIMITS);
  });

  it('is left out with usage off, whatever is stored', async () => {
    expect(await shown([ci, laptop], aCase(), false)).not.toContain('Who uses the keys');
  });

  it('is there before anything was looked up', async () => {
    expect(await shown(null)).toContain('<span class="key">…MPLE</span>: not looked up (not yet).');
  });

  it('says during the grace period what was not seen with the kept key', async () => {
    const text = await shown([ci, laptop], inGrace());
    expect(text).toContain(
      'None of the uses of the deactivated key was seen with the kept key since: 203.0.113.0/24 (AWS CLI), STS, last 11 Oct 2026',
    );
    const moved = usage([family({ agent: 'aws-cli', service: 'sts' })]);
    expect(await shown([moved, laptop], inGrace())).toContain(
      'Every use seen of the deactivated key was seen with the kept key since.',
    );
  });

  it('promises no deletion of a key that was in use, until its work was seen with the kept key', async () => {
    const lately = key(OLDER, 'Inactive', { lastUsed: used(plus(NOW, -DAY)) });
    const busy = inGrace({}, { keys: [newer(), lately] });
    const asks =
      'Then it is deleted permanently, unless Solekey has not seen the kept key doing its work; then someone is asked first. A mail announces the deletion.';
    const text = await shown([ci, laptop], busy);
    expect(text).toContain(asks);
    expect(text).toMatch(/deactivated by Solekey, to be deleted on 30 Nov 2026[^<]* unless needed</);
    const plain = 'Then it is deleted permanently; a mail announces that first.';
    for (const one of [
      await shown([ci, laptop], busy, false),
      await shown([ci, laptop], inGrace({}, { keys: [newer(), key(OLDER, 'Inactive')] })),
    ]) {
      expect(one).toContain(plain);
      expect(one).toMatch(/deactivated by Solekey, deleted permanently on 30 Nov 2026/);
    }
  });

  it('says of a decision to come that someone may be asked first', async () => {
    const asks =
      'If a key was in use and the kept key is not seen doing its work, someone is asked to confirm it.';
    expect(await shown([ci, laptop])).toContain(`A mail announces that first. ${asks}`);
    expect(await shown([ci, laptop], aCase(), false)).not.toContain(asks);
  });

  it('says what follows if a key is left inactive', async () => {
    const current = inGrace({}, { decision: null, asking: 3 });
    const told = async (on: boolean) => {
      const world = page(current);
      world.policy = { ...POLICY, usage: on ? [] : null };
      const ask = { kind: 'keep' as const, keep: NEWER, off: [OLDER], acknowledged: [] };
      const request = world.links.seal(await world.link(), { digest: world.facts(), at: NOW, ask });
      await world.store.record(ACCOUNT, USER_ID, request);
      const ports = { ...world.ports, policy: world.policy };
      const answer = await buildApp(ports).request(linkPath('decide', await world.link()));
      return breakable(await answer.text());
    };
    expect(await told(true)).toContain(
      'After the grace period Solekey announces the deletion by mail, and asks someone first if the key may still be needed.',
    );
    expect(await told(false)).toContain('After the grace period it is deleted permanently; a mail announces');
  });

  it.each(Object.values(HOSTILE_TAGS).slice(0, 12))(
    'is harmless whatever a stored text holds: %j',
    async (text) => {
      const odd = family({
        service: String(text),
        region: String(text),
        source: { kind: 'service', service: String(text) },
      });
      const other = family({ service: String(text), source: { kind: 'network', network: String(text) } });
      const on = await shown([usage([odd, other])]);
      expect(on).not.toMatch(/<script|<img|<a href="http|\u202e/i);
    },
  );
});
