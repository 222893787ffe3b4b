/** One question has two digests: the one of this release, which covers the terms, and that of the release before. */
import { describe, expect, it } from 'vitest';
import { keptBy } from '../../../functions/core/case/decision.ts';
import { factsOf, formerDigest } from '../../../functions/core/case/facts.ts';
import type { Answer } from '../../../functions/core/case/requests.ts';
import { MINUTE, plus } from '../../../functions/core/model/time.ts';
import {
  decide,
  facts,
  intoGrace,
  intoQuestion,
  later,
  NAME,
  scene,
  worldWith,
  writesOf,
} from '../../fakes/acts.ts';
import { ACCOUNT, aClaim, NEWER, OLDER, USER_ID } from '../../fakes/cases.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

const KEEP_NEWER = { kind: 'keep' as const, keep: NEWER, off: [OLDER], acknowledged: [] };
const KEEP_OLDER = { kind: 'keep' as const, keep: OLDER, off: [NEWER], acknowledged: [NEWER] };

/** The digest of the present question as release 0.2.0 makes it. */
function digestBefore(m: MemoryWorld): string {
  const current = m.caseOf(USER_ID);
  if (current === null) {
    throw new Error('there should be a case');
  }
  return formerDigest(factsOf(current));
}

/** An answer as release 0.2.0 stores it. */
async function stored(m: MemoryWorld, ask: Answer['ask'], ago = 0, digest = digestBefore(m)): Promise<void> {
  const token = await m.links.mint(aClaim({ caseNumber: 1 }));
  const request = m.links.seal(token, { digest, at: plus(m.clock.now(), -ago), ask });
  m.table.requests.set(`${ACCOUNT}/${USER_ID}/${digest}`, request);
}

describe('an open page of the release before', () => {
  it('is answered like one of this release, and its answer says which page it was', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    expect(await decide(m, 'sec-lead', NEWER, { facts: digestBefore(m) })).toBe('recorded');
    expect([...m.table.requests.keys()]).toEqual([`${ACCOUNT}/${USER_ID}/${digestBefore(m)}`]);
    expect(await decide(m, 'platform-lead', NEWER), 'whichever page the next one has').toBe('taken');
    expect(await decide(m, 'sec-lead', NEWER), 'the same answer on the page of this release').toBe(
      'recorded',
    );
    await m.wake(NAME);
    expect(scene(m)).toContain('grace');
  });
});

describe('an answer that the release before stored', () => {
  it('is found after the upgrade and carried out, the proof before each change included', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    const writes = writesOf(m);
    await stored(m, KEEP_NEWER);
    expect(await decide(m, 'platform-lead', NEWER), 'the page shows it as well').toBe('taken');
    await m.wake(NAME);
    expect(writes).toEqual(['deactivate 3QXK of ci-deploy']);
    expect(scene(m)).toContain('grace');
  });

  it('brings a key back', async () => {
    const { m } = worldWith();
    await intoGrace(m);
    await stored(m, { kind: 'restore', keys: [OLDER] });
    await m.wake(NAME);
    await later(m, MINUTE);
    expect(scene(m)).toContain('MPLE Active, 3QXK Active');
  });

  it.each([
    ['before', 30, NEWER],
    ['after', 10, OLDER],
  ])('and one of this release: the first counts, given %s it', async (_when, ago, keeps) => {
    const { m } = worldWith();
    await intoQuestion(m);
    await stored(m, KEEP_NEWER, ago);
    await stored(m, KEEP_OLDER, 20, facts(m));
    await m.wake(NAME);
    expect(m.table.decisions.map(keptBy)).toEqual([keeps]);
  });
});
