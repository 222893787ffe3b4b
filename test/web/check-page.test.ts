import { describe, expect, it } from 'vitest';
import { DECISION_REASONS } from '../../functions/core/case/decision.ts';
import { paused } from '../../functions/core/model/control.ts';
import { sha256 } from '../../functions/core/model/digest.ts';
import { UNRESTRICTED } from '../../functions/core/model/policy.ts';
import { DAY, HOUR, plus } from '../../functions/core/model/time.ts';
import { askPage } from '../fakes/browse.ts';
import {
  ACCOUNT,
  aCase,
  aDecision,
  allOff,
  inGrace,
  key,
  NEWER,
  NOW,
  newer,
  noneKept,
  OLDER,
  POLICY,
  THIRD,
  USER_ID,
  used,
} from '../fakes/cases.ts';
import { type Page, page } from '../fakes/page.ts';
import { family, usage } from '../fakes/usage.ts';

const check = (world: Page, keep: string) =>
  askPage(world, {}, { step: 'check', keep, facts: world.facts() });

const answer = (world: Page, more: Record<string, string> = {}) => ({
  keep: NEWER,
  off: '3qxk',
  reason: 'unused',
  comment: '',
  facts: world.facts(),
  ...more,
});

/** The newer key is in use, the older one has not been used for 43 days. */
const clear = () => page(aCase());

const busy = key(OLDER, 'Active', { lastUsed: used(plus(NOW, -HOUR)) });

describe('the first page of a decision', () => {
  it('stores nothing, whatever is pressed, and leads to the page to check', async () => {
    const world = clear();
    for (const keep of [NEWER, OLDER]) {
      const { status, text } = await check(world, keep);
      expect([status, world.store.writes, world.wakes.sent]).toEqual([200, 0, []]);
      expect(text).toContain('<h1>Check your decision about ci-deploy</h1>');
      expect(text).toContain(`<input type="hidden" name="keep" value="${keep}">`);
      expect(text).toContain('<a href="?">Go back</a>');
    }
  });

  it.each([
    ['nothing is chosen', {}, 'Choose the key to keep.'],
    ['the chosen key is not active', { keep: THIRD }, 'is not active'],
  ])('says if %s', async (_what, fields, says) => {
    const world = clear();
    const { status, text } = await askPage(world, {}, { step: 'check', facts: world.facts(), ...fields });
    expect(status).toBe(422);
    expect(text).toContain(says);
    expect(text).toContain('Which key do you keep?');
  });
});

describe('the page to check', () => {
  it('says what is deactivated and kept, by their uses, and that we proposed it', async () => {
    const { text } = await check(clear(), NEWER);
    expect(text).toContain(
      'You are about to deactivate …3QXK: not used for 43 days (last: STS in eu-west-1). You keep …MPLE: used today at 14:10 UTC for S3 in eu-west-1.',
    );
    expect(text).toContain('This is what we proposed. Confidence: ');
    expect(text).toContain('Deactivate …3QXK</button>');
    expect(text).toContain('Last four characters of the key to deactivate');
    expect(text).not.toMatch(/name="inUse"|opposite|class="box bad"/);
  });

  it('shows a swapped choice as one: whose use stops, and that we proposed the opposite', async () => {
    const world = clear();
    world.policy = { ...POLICY, usage: ['eu-west-1'] };
    const runner = family({ agent: 'github-actions', last: plus(NOW, -HOUR) });
    world.store.usage = { at: NOW, keys: [usage([runner]), usage([], { keyId: OLDER })] };
    const { text } = await check(world, OLDER);
    expect(text).toContain(
      'You are about to deactivate …MPLE: used today at 15:10 UTC by GitHub Actions (S3, eu-west-1). You keep …3QXK: not used for 43 days (last: STS in eu-west-1).',
    );
    expect(text).toContain('We proposed the opposite: keep …MPLE, deactivate …3QXK.');
    expect(text).toContain('<div class="box bad"><p>You are about to deactivate …MPLE');
    expect(text).toContain(`name="shownInUse" value="${NEWER}"`);
    expect(text).toContain('I know that …MPLE was used within the last');
    expect(text).toContain('Deactivate …MPLE</button>');
  });

  it('names no consumer for a use that CloudTrail does not show, and warns of one that IAM does not show', async () => {
    const world = page(aCase({ keys: [key(NEWER, 'Active', { lastUsed: used(NOW) }), key(OLDER)] }));
    world.policy = { ...POLICY, usage: ['eu-west-1'] };
    const runner = { agent: 'github-actions' as const };
    const old = usage([family({ ...runner, last: plus(NOW, -21 * DAY) })]);
    world.store.usage = { at: NOW, keys: [old, usage([], { keyId: OLDER })] };
    const { text } = await check(world, NEWER);
    expect(text).toContain('You keep …MPLE: used today at 16:10 UTC for S3 in eu-west-1.');
    const unseen = usage([family({ ...runner, last: plus(NOW, -HOUR) })], { keyId: OLDER });
    const idle = page(aCase());
    idle.policy = world.policy;
    idle.store.usage = { at: NOW, keys: [usage([family()]), unseen] };
    expect((await check(idle, NEWER)).text).toContain(
      '<div class="box bad"><p>You are about to deactivate …3QXK: used today at 15:10 UTC by GitHub Actions',
    );
  });

  it('says if there was no proposal, another one, or whom to ask first', async () => {
    const three = page(aCase({ keys: [newer(), key(OLDER), key(THIRD)] }));
    expect((await check(three, OLDER)).text).toContain('We proposed something else: keep …MPLE');
    const doubt = page(aCase({ origins: { [NEWER]: { createdBy: 'user/mallory', at: NOW } } }));
    doubt.policy = { ...POLICY, trustedCreators: [] };
    expect((await check(doubt, OLDER)).text).toContain('No proposal yet: first ask user/mallory');
  });

  it.each([
    ['after-grace', 'deleted permanently on 30 Nov 2026, 16:10 UTC (in 7 days) at the earliest.'],
    [
      'on-confirmation',
      'is deactivated within about a minute, then deleted only after a person confirms it, on 30 Nov 2026',
    ],
    ['never', 'is deactivated within about a minute. Solekey does not delete it.'],
  ] as const)('says what becomes of each key: %s', async (deletion, says) => {
    const world = clear();
    world.policy = { ...POLICY, deletion };
    const { text } = await check(world, NEWER);
    expect(text).toContain('You keep …MPLE: ');
    expect(text).toContain(says);
  });

  it.each<[string, Page, string, boolean]>([
    ['what we proposed with confidence', page(aCase()), NEWER, false],
    ['the opposite', page(aCase()), OLDER, true],
    ['a proposal that deactivates a key in use', page(aCase({ keys: [newer(), busy] })), OLDER, true],
    ['a choice in place of waiting', page(aCase({ phase: 'rotating', rotationFrom: NOW })), OLDER, true],
  ])('puts %s into a warning, unless it is safe', async (_what, world, keep, risky) => {
    const { text } = await check(world, keep);
    expect(text.includes('<div class="box bad">')).toBe(risky);
  });

  it('says that a key in use is deleted only if its work moved, or a person confirms it', async () => {
    const world = page(aCase({ keys: [newer(), busy] }));
    const says = 'if …MPLE is seen doing its work by then; otherwise someone is asked first';
    expect((await check(world, NEWER)).text).not.toContain(says);
    world.policy = { ...POLICY, usage: ['eu-west-1'] };
    expect((await check(world, NEWER)).text).toContain(says);
    const unused = clear();
    unused.policy = world.policy;
    expect((await check(unused, NEWER)).text).not.toContain('doing its work');
  });

  it('says that it is paused, and how sure nobody can be of a use', async () => {
    const young = key(OLDER, 'Active', { created: plus(NOW, -HOUR) });
    const old = key(THIRD, 'Active', { created: plus(NOW, -90 * DAY) });
    const blind = { ...newer(), lastUsed: { kind: 'not-read' as const } };
    const lately = key(OLDER, 'Active', { lastUsed: used(plus(NOW, -20 * HOUR)) });
    const world = page(aCase({ keys: [young, old, blind] }));
    world.store.control = { pauses: [{ from: NOW, to: null }], revoked: [] };
    const { text } = await check(world, NEWER);
    expect(text).toContain(
      'You are about to deactivate …3QXK: created 1 hour ago, not used yet (IAM may lag). You are also about to deactivate …R7WZ: never used, created 90 days ago. You keep …MPLE: last use could not be read.',
    );
    expect(text).toContain('Solekey is paused');
    world.store.control = paused(UNRESTRICTED, NOW, 'IAM refused <b> of 5 users');
    const itself = await check(world, NEWER);
    expect(itself.text).toContain(
      '<p>Solekey paused itself on 23 Nov 2026, 16:10 UTC: IAM refused &lt;b&gt; of 5 users. Decisions are recorded, but no key is deactivated or deleted until an operator resumes it. Reactivating keys still works.</p>',
    );
    expect(itself.text).not.toContain('Solekey is paused');
    expect(text).toContain('…3QXK</span> is deactivated as soon as Solekey is no longer paused, then');
    expect(text).not.toContain('within about a minute');
    expect((await check(page(aCase({ keys: [newer(), lately] })), NEWER)).text).toContain(
      '…3QXK: used 20 hours ago',
    );
  });

  it('asks for keys that are inactive already as well', async () => {
    const world = page(
      inGrace({}, { decision: null, asking: 3, keys: [newer(), key(OLDER, 'Inactive'), key(THIRD)] }),
    );
    const { text } = await check(world, NEWER);
    expect(text).toContain('Include …3QXK, already deactivated by Solekey.');
    expect(text).toContain('…3QXK</span> stays inactive, then deleted permanently');
    const half = await askPage(world, {}, answer(world, { off: 'R7WZ' }));
    expect(half.status).toBe(422);
    expect((await askPage(world, {}, answer(world, { off: 'R7WZ 3QXK' }))).status).toBe(303);
  });

  it('preselects nothing and types nothing', async () => {
    const { text } = await check(clear(), OLDER);
    expect(text).not.toMatch(/\b(?:checked|selected)(?!\))/);
    expect(text).toContain('id="off" name="off" value=""');
    for (const reason of DECISION_REASONS) {
      expect(text).toContain(`<option value="${reason}">`);
    }
  });
});

describe('a decision with its grounds', () => {
  it('leads back to the page itself, also behind a prefix, which says what was decided and why', async () => {
    const world = clear();
    const comment = '  <b>Ticket\u0007 4711</b>\r\nagreed with\u202e the owner ';
    const { status, headers, path, text } = await askPage(world, {}, answer(world, { comment }));
    expect([status, headers.get('location')]).toEqual([303, path.split('/').at(-1)]);
    expect(text).toContain('You decided on 23 Nov 2026, 16:10 UTC: keep …MPLE, deactivate …3QXK.');
    expect(text).toContain('Reason: not used any more.');
    expect(text).toContain('<bdi>&lt;b&gt;Ticket 4711&lt;/b&gt;\nagreed with the owner</bdi>');
    const commentDigest = sha256('<b>Ticket 4711</b>\nagreed with the owner');
    const request = world.store.requests.get(world.facts());
    expect(request?.ask).toMatchObject({ reason: 'unused', commentDigest });
    expect(JSON.stringify(request)).not.toContain('Ticket');
  });

  it('shows no words but those whose digest was sealed', async () => {
    const world = clear();
    await askPage(world, {}, answer(world, { comment: 'mine' }));
    world.store.comments.set(world.facts(), 'somebody else wrote this');
    const { text } = await askPage(world);
    expect(text).toContain('Reason: not used any more.');
    expect(text).not.toMatch(/mine|somebody else wrote|Comment:/);
  });

  it('shows them to the next reader, too, after the decision was adopted', async () => {
    const grounds = { reason: 'replaced', commentDigest: sha256('because') } as const;
    const world = page(inGrace({}, { decision: aDecision(grounds) }));
    world.store.comments.set(aDecision().digest, 'because');
    const { text } = await askPage(world);
    expect(text).toContain('Reason: replaced by another key.');
    expect(text).toMatch(/Reactivate …3QXK<\/button>.*<bdi>because/s);
    expect(text).toContain('<bdi>because</bdi>');
  });

  it.each([
    [500, 303],
    [501, 422],
  ])('takes a comment of %d characters with %d', async (length, status) => {
    const world = clear();
    const done = await askPage(world, {}, answer(world, { comment: `${'x'.repeat(length)}\r\n ` }));
    expect([done.status, world.store.writes]).toEqual([status, status === 303 ? 1 : 0]);
  });

  it('is refused without a reason, with everything typed kept', async () => {
    const world = clear();
    const done = await askPage(world, {}, answer(world, { reason: '', comment: 'a "word"' }));
    expect([done.status, world.store.writes]).toEqual([422, 0]);
    expect(done.text).toContain('<a href="#reason">Choose a reason.</a>');
    expect(done.text).toContain('>a &quot;word&quot;</textarea>');
    expect(done.text).toContain('value="3qxk"');
  });

  it('keeps reason and comment when the question has changed meanwhile', async () => {
    const world = clear();
    const fields = answer(world, { reason: 'replaced', comment: 'so it is' });
    world.store.current = aCase({ keys: [newer(), key(OLDER), key(THIRD)] });
    const done = await askPage(world, {}, fields);
    expect(done.status).toBe(409);
    expect(done.text).toContain('<input type="hidden" name="comment" value="so it is">');
    const again = await askPage(
      world,
      {},
      {
        step: 'check',
        keep: NEWER,
        reason: 'replaced',
        comment: 'so it is',
        facts: world.facts(),
      },
    );
    expect(again.text).toContain('<option value="replaced" selected>');
    expect(again.text).toContain('>so it is</textarea>');
  });

  it('is shown for a decision to keep no key, too, before and after it was adopted', async () => {
    const grounds = { reason: 'replaced', commentDigest: sha256('because') } as const;
    const world = clear();
    const given = { kind: 'none' as const, off: [NEWER, OLDER], acknowledged: [], ...grounds };
    const request = world.links.seal(await world.link(), { digest: world.facts(), at: NOW, ask: given });
    await world.store.record(ACCOUNT, USER_ID, request, 'because');
    const adopted = page(allOff({}, { decision: noneKept(grounds) }));
    adopted.store.comments.set(noneKept().digest, 'because');
    for (const { text } of [await askPage(world), await askPage(adopted)]) {
      expect(text).toContain('keep no key, deactivate …MPLE and …3QXK.');
      expect(text).toMatch(/Reason: replaced by another key\..*<bdi>because<\/bdi>/s);
    }
  });

  it('from a page of 0.6.0 has none, and counts', async () => {
    const world = clear();
    const { reason: _reason, comment: _comment, ...old } = answer(world);
    expect((await askPage(world, {}, old)).status).toBe(303);
    expect(world.store.requests.get(world.facts())?.ask).not.toHaveProperty('reason');
  });

  it('that calls a key compromised acknowledges its use without a tick', async () => {
    const world = clear();
    const fields = answer(world, {
      keep: OLDER,
      off: 'MPLE',
      shownInUse: NEWER,
      reason: 'compromised',
    });
    expect((await askPage(world, {}, fields)).status).toBe(303);
    expect(world.store.requests.get(world.facts())?.ask).toMatchObject({
      acknowledged: [NEWER],
      reason: 'compromised',
    });
  });

  it('that calls a key compromised counts although the key was first used after the page was shown', async () => {
    const world = clear();
    const fields = answer(world, { keep: OLDER, off: 'MPLE', reason: 'compromised' });
    expect((await askPage(world, {}, { ...fields, reason: 'unused' })).status).toBe(422);
    expect((await askPage(world, {}, fields)).status).toBe(303);
    expect(world.store.requests.get(world.facts())?.ask).toMatchObject({ acknowledged: [], off: [NEWER] });
  });

  it('posted again for another reason changes nothing, and the page says which is stored', async () => {
    const world = clear();
    expect((await askPage(world, {}, answer(world))).status).toBe(303);
    const { status, text } = await askPage(world, {}, answer(world, { reason: 'compromised' }));
    expect([status, world.store.writes]).toEqual([409, 1]);
    expect(text).toContain('It was not recorded. Nothing was changed.');
    expect(text).toContain('Reason: not used any more.');
  });

  it.each(['nonsense', 'UNUSED'])('is none of our forms with the reason "%s"', async (reason) => {
    const world = clear();
    expect((await askPage(world, {}, answer(world, { reason }))).status).toBe(400);
  });
});

describe('no page is heavy', () => {
  it('under 30 kB, before and after', async () => {
    const world = clear();
    const pages = [await askPage(world), await check(world, OLDER), await askPage(world, {}, answer(world))];
    for (const { text } of pages) {
      expect(Buffer.byteLength(text)).toBeLessThan(30_000);
    }
  });
});
