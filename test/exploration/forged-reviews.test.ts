/** Forms about several users in which some rows are forged, others' or out of date: each refuses itself, and nothing else. */
import { expect, it } from 'vitest';
import { encodePayload } from '../../functions/contracts/link.ts';
import { rowText } from '../../functions/contracts/review-form.ts';
import type { Case } from '../../functions/core/case/case.ts';
import { questionDigest } from '../../functions/core/case/facts.ts';
import { addressMark } from '../../functions/core/case/requests.ts';
import { DAY, MINUTE, plus } from '../../functions/core/model/time.ts';
import { buildApp } from '../../functions/web/app.ts';
import { drawBy } from '../core/proposal/corpus/random.ts';
import { atDepth } from '../depth.ts';
import { administrator, anAbout } from '../fakes/about.ts';
import { aCase, aClaim, IDLE, KEPT, NEWER, NOW, OLDER, POLICY, used } from '../fakes/cases.ts';
import { type Page, page } from '../fakes/page.ts';
import type { Draw } from './forgeries.ts';

const USERS = 8;

const idOf = (n: number) => `AIDAFORGEDREVIEW${String(n).padStart(4, '0')}`;

const clear = (n: number, more: Partial<Case> = {}) =>
  aCase({
    userId: idOf(n),
    userName: `user-${n}`,
    opened: plus(NOW, n * MINUTE),
    keys: [KEPT, IDLE],
    origins: { [NEWER]: { createdBy: `user/user-${n}`, at: plus(NOW, -300 * DAY) } },
    ...more,
  });

const rowOf = (current: Case) =>
  rowText({
    userId: current.userId,
    caseNumber: current.number,
    keep: NEWER,
    off: ['3QXK'],
    facts: questionDigest(current, POLICY),
  });

/** What is done to the row of user n, or to the user between the list and the answer. Returns the rows that are posted. */
const WRONGS: Readonly<Record<string, (world: Page, n: number, row: string) => readonly string[]>> = {
  'other facts': (_world, _n, row) => [row.replace(/[0-9a-f]{64}$/, 'e'.repeat(64))],
  'the facts of another user': (_world, n, row) => [
    row.replace(/[0-9a-f]{64}$/, questionDigest(clear(n + 1), POLICY)),
  ],
  'the other key': (_world, _n, row) => [row.replace(NEWER, OLDER).replace('-3QXK-', '-MPLE-')],
  'a key of nobody': (_world, _n, row) => [row.replace(NEWER, 'AKIAI44QH8DHBEX1R7WZ')],
  'other keys to deactivate': (_world, _n, row) => [row.replace('-3QXK-', '-3QXK.MPLE-')],
  'another case': (_world, _n, row) => [row.replace('-3-', '-2-')],
  'a user of nobody': (_world, n, row) => [row.replace(idOf(n), 'AIDANOBODY')],
  'itself twice': (_world, _n, row) => [row, row],
  'another answer beside it': (_world, _n, row) => [row, row.replace(NEWER, OLDER)],
  garbage: () => ['%00<script>'],
  nothing: () => [],
  'closed meanwhile': (world, n, row) => changed(world, n, row, { phase: 'closed', closedAs: 'by-owner' }),
  'asked again meanwhile': (world, n, row) => changed(world, n, row, { asking: 2 }),
  'other keys meanwhile': (world, n, row) => changed(world, n, row, { keys: [KEPT] }),
  'used meanwhile': (world, n, row) =>
    changed(world, n, row, { keys: [KEPT, { ...IDLE, lastUsed: used(plus(NOW, -MINUTE)) }] }),
  'excluded meanwhile': (world, n, row) => changed(world, n, row, { excluded: true, phase: 'excluded' }),
  'a creator who became known meanwhile': (world, n, row) =>
    changed(world, n, row, { origins: { [NEWER]: { createdBy: 'unknown', at: NOW } } }),
  'an administrator meanwhile': (world, n, row) => {
    const about = anAbout({ privilege: administrator('X') });
    world.list.more = world.list.more.map((one, at) => (at === n ? { ...one, about } : one));
    return [row];
  },
  'decided elsewhere': (world, n, row) => {
    const digest = questionDigest(clear(n), POLICY);
    const theirs = aClaim({
      userId: idOf(n),
      recipient: 'platform-lead',
      address: addressMark('platform@example.com'),
    });
    const ask = { kind: 'keep' as const, keep: OLDER, off: [NEWER], acknowledged: [NEWER] };
    world.store.requests.set(digest, {
      digest,
      at: NOW,
      ask,
      payload: encodePayload(theirs),
      proof: 'theirs',
    });
    return [row];
  },
  'another account': (world, n, row) => changed(world, n, row, { account: '999999999999' }),
};

function changed(world: Page, n: number, row: string, more: Partial<Case>): readonly string[] {
  world.list.more = world.list.more.map((one, at) => (at === n ? { ...one, current: clear(n, more) } : one));
  return [row];
}

/** The number of keys that the page to check asks to type. */
const TO_TYPE = /deactivate (\d+) key/;

it('of any mixture of rows exactly the genuine ones are stored', { timeout: 3_600_000 }, async () => {
  const { share } = drawBy(20_261_128);
  const draw: Draw = (below) => Math.floor(share() * below);
  const ways = Object.entries(WRONGS);
  const seen = new Set<string>();
  const times = atDepth({ sample: 60, share: 600, all: 20_000 });
  for (let n = 0; n < times; n += 1) {
    const world = page(null);
    world.list.more = Array.from({ length: USERS }, (_, at) => ({
      current: clear(at),
      usage: null,
      about: anAbout(),
    }));
    const before = world.store.requests;
    const good: string[] = [];
    const what: string[] = [];
    const rows = Array.from({ length: USERS }).flatMap((_, at) => {
      const row = rowOf(clear(at));
      if (draw(2) === 0) {
        good.push(questionDigest(clear(at), POLICY));
        return [row];
      }
      const [name = '', spoil] = ways[draw(ways.length)] ?? [];
      what.push(name);
      return spoil?.(world, at, row) ?? [];
    });
    const body = new URLSearchParams({ reason: 'unused', comment: '' });
    for (const row of rows.sort(() => share() - 0.5)) {
      body.append('row', row);
    }
    const keys = rows.reduce(
      (sum, row) => sum + (/-(\w{4}(?:\.\w{4})*)-[0-9a-f]{64}$/.exec(row)?.[1]?.split('.').length ?? 0),
      0,
    );
    body.append('count', `deactivate ${keys} keys`);
    const theirs = new Set(before.keys());
    const path = `/l/${await world.listLink()}`;
    const app = buildApp(world.ports);
    // The page to check names the genuine ones alone, and stores nothing.
    const checking = new URLSearchParams({ step: 'check' });
    for (const row of rows) {
      checking.append('row', row);
    }
    const check = await app.request(path, { method: 'POST', body: checking });
    expect(world.store.writes).toBe(0);
    const named = (await check.text()).match(TO_TYPE)?.[1] ?? '0';
    expect(Number(named), `${n}: ${what.join(', ')}`).toBe(good.length);
    const { status } = await app.request(path, { method: 'POST', body });
    const stored = [...world.store.requests.keys()].filter((digest) => !theirs.has(digest));
    expect(stored.sort(), `${n}: ${what.join(', ')}`).toEqual(good.sort());
    expect(status, `${n}: ${what.join(', ')}`).toBe(good.length > 0 ? 303 : rows.length === 0 ? 422 : 409);
    expect(world.store.writes).toBe(good.length);
    for (const { ask } of [...world.store.requests.values()].filter(({ digest }) => good.includes(digest))) {
      expect(ask).toMatchObject({ kind: 'keep', keep: NEWER, off: [OLDER], acknowledged: [] });
    }
    for (const name of what) {
      seen.add(name);
    }
    // The same form again stores nothing more, as the first answer to each question wins.
    await app.request(path, { method: 'POST', body });
    expect(world.store.writes).toBe(good.length);
  }
  expect(seen.size).toBe(ways.length);
});
