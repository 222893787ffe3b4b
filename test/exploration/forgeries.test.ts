/** Forged links and forms, through the real routes: none is accepted, none breaks a page, and nothing is stored. */
import { expect, it } from 'vitest';
import { buildApp } from '../../functions/web/app.ts';
import { drawBy } from '../core/proposal/corpus/random.ts';
import { atDepth } from '../depth.ts';
import { asIntended, type Forgery, forgery, genuine } from './forgeries.ts';

const SEED = 20_261_127;

const appOf = (world: ReturnType<typeof genuine>[number]['world']) =>
  buildApp({ ...world.ports, policy: world.policy });

const sent = ({ method, headers, body }: Forgery) =>
  method === 'GET' ? { method } : { method, headers, body };

it.each(genuine().map((one) => [one.name, one] as const))(
  '%s is taken as it is meant',
  async (_name, one) => {
    const request = await asIntended(one);
    expect((await appOf(one.world).request(request.path, sent(request))).status).toBe(303);
    expect(one.world.store.writes).toBe(1);
  },
);

it('no forgery is taken', { timeout: 3_600_000 }, async () => {
  const { share } = drawBy(SEED);
  const draw = (below: number) => Math.floor(share() * below);
  const worlds = genuine().map((one) => ({ one, app: appOf(one.world) }));
  const times = atDepth({ sample: 10_000, share: 100_000, all: 1_000_000 });
  const wrong: string[] = [];
  const seen = new Map<string, number>();
  for (let n = 0; n < times; n += 1) {
    const { one, app } = worlds[n % worlds.length] as (typeof worlds)[number];
    const request = await forgery(draw, one);
    const { status } = await app.request(request.path, sent(request));
    seen.set(request.what, (seen.get(request.what) ?? 0) + 1);
    if (status === 303 || status >= 500 || (status === 200 && request.what.startsWith('link '))) {
      wrong.push(`${n}: ${one.name}, ${request.what}: ${status}`);
    }
    const { store, wakes, mailLinks, log } = one.world;
    if (store.writes + store.linkRequests.size + mailLinks.sent.length > 0 || wakes.sent.length > 0) {
      throw new Error(`${n}: ${one.name}, ${request.what} stored or started something`);
    }
    expect(log.lines).toEqual([]);
  }
  expect(wrong).toEqual([]);
  // Every way to forge was tried, and often.
  expect(Math.min(...seen.values())).toBeGreaterThan(times / 800);
  expect(seen.size).toBeGreaterThan(30);
});
