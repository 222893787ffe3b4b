/** One tick acknowledges the keys in use that its page named, and no other (S6). */
import { expect, it } from 'vitest';
import type { PostedAnswer } from '../../../functions/app/approve/posted-answer.ts';
import { recordDecision } from '../../../functions/app/approve/record-decision.ts';
import { parseForm } from '../../../functions/contracts/decision-form.ts';
import { MINUTE } from '../../../functions/core/model/time.ts';
import { buildApp } from '../../../functions/web/app.ts';
import { facts, intoQuestion, later, portsOf, trueKey, twoKeys, worldWith } from '../../fakes/acts.ts';
import { browse } from '../../fakes/browse.ts';
import { aClaim, NEWER, OLDER, THIRD, used } from '../../fakes/cases.ts';
import { altered } from '../../fakes/on-record.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

/** Three keys, of which the newest is in use, and the page to check that says so. */
async function opened() {
  const { m } = worldWith([...twoKeys(), trueKey(THIRD, 300, 100)]);
  await intoQuestion(m);
  const token = await m.links.mint(aClaim({ caseNumber: 1 }));
  const app = buildApp(portsOf(m));
  const choice = new URLSearchParams({ step: 'check', keep: THIRD, facts: facts(m) });
  const html = await (await app.request(`/c/${token}`, { method: 'POST', body: choice })).text();
  const hidden = Object.fromEntries(
    [...html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)].map(([, name, value]) => [
      name,
      value,
    ]),
  );
  const sends = async (fields: Readonly<Record<string, string>>) => {
    const body = new URLSearchParams(fields);
    const { status, text } = await browse(app, `/c/${token}`, { method: 'POST', body });
    return { status, html: text };
  };
  return { m, token, hidden, sends };
}

/** Somebody uses the oldest key, and a pass has recorded that. */
function useOlder(m: MemoryWorld): void {
  const lastUsed = used(m.clock.now());
  altered(m, (current) => ({
    ...current,
    keys: current.keys.map((key) => (key.id === OLDER ? { ...key, lastUsed } : key)),
  }));
}

const answer = { off: 'MPLE 3QXK', inUse: 'yes', reason: 'unused', comment: '' };

it('the form carries the keys that the page shows as in use', async () => {
  const { hidden, m } = await opened();
  expect(hidden).toEqual({ facts: facts(m), keep: THIRD, shownInUse: NEWER });
});

it('an acknowledgement covers what was shown', async () => {
  const { sends, hidden, m } = await opened();
  expect((await sends({ ...answer, ...hidden })).status).toBe(303);
  expect([...m.table.requests.values()].map(({ ask }) => ask)).toEqual([
    { kind: 'keep', keep: THIRD, off: [NEWER, OLDER], acknowledged: [NEWER], reason: 'unused' },
  ]);
});

it('a key used since then is asked about again, with an empty box, and nothing is stored', async () => {
  const { sends, hidden, m } = await opened();
  useOlder(m);
  const refused = await sends({ ...answer, ...hidden });
  expect(refused.status).toBe(422);
  expect(refused.html).toContain('…3QXK was used within the last');
  expect(refused.html).toContain(`name="shownInUse" value="${NEWER} ${OLDER}"`);
  expect(/<input type="checkbox"[^>]*checked/.test(refused.html)).toBe(false);
  expect(m.table.requests.size).toBe(0);
  const shownInUse = `${NEWER} ${OLDER}`;
  expect((await sends({ ...answer, ...hidden, shownInUse })).status).toBe(303);
  expect(m.table.requests.size).toBe(1);
});

/** A form as release 0.2.0 posts it. */
const OLD = { keep: THIRD, off: 'MPLE 3QXK', inUse: 'yes' };

it('the tick on a page of release 0.2.0, whose form names no key, acknowledges none', async () => {
  const { m, token } = await opened();
  const form = parseForm(Buffer.from(String(new URLSearchParams({ ...OLD, facts: facts(m) }))));
  expect(form).toMatchObject({ inUse: true, shownInUse: [] });
  const done = await recordDecision(portsOf(m), token, 'decide', form as PostedAnswer);
  expect(done).toMatchObject({
    kind: 'wrong',
    mistakes: [{ field: 'inUse', code: 'not-acknowledged', keys: [NEWER] }],
  });
  await later(m, MINUTE);
  expect(m.table.requests.size).toBe(0);
});

it.each(['x', `${NEWER}  ${OLDER}`, `${NEWER},${OLDER}`, ` ${NEWER}`])(
  'a list that our page never wrote is none of our forms: "%s"',
  (shownInUse) => {
    const fields = { ...answer, keep: THIRD, shownInUse, facts: 'a'.repeat(64) };
    expect(parseForm(Buffer.from(String(new URLSearchParams(fields))))).toBe(null);
  },
);
