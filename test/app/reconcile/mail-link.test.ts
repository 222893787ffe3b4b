/** A mail with a link that somebody asked for: who gets which link, and what nobody gets. */
import { describe, expect, it } from 'vitest';
import { askForLink } from '../../../functions/app/approve/ask-for-link.ts';
import { renewLink } from '../../../functions/app/approve/renew-link.ts';
import { showCase } from '../../../functions/app/approve/show-case.ts';
import { mailLink } from '../../../functions/app/reconcile/mail-link.ts';
import type { MailLinkWish } from '../../../functions/app/wake.ts';
import { addressMark, type NewClaim } from '../../../functions/core/case/requests.ts';
import {
  type LinkSubject,
  permits,
  type SealedLinkRequest,
} from '../../../functions/core/channel/link-request.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { decide, intoGrace, later, passing, portsOf, restore, worldWith } from '../../fakes/acts.ts';
import { ACCOUNT, aReportClaim, NEWER, OLDER, POLICY, USER_ID } from '../../fakes/cases.ts';
import { caseClaimIn } from '../../fakes/claims.ts';
import { arrives } from '../../fakes/messages.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

const SEC = { id: 'sec-lead', name: 'Security lead', email: 'security@example.com' };
const ADDRESS = addressMark(SEC.email);

/** A world with an open case of which both approvers have been mailed. */
async function asked(policy: Parameters<typeof worldWith>[1] = {}) {
  const { m, user } = worldWith(undefined, policy);
  await m.wake(user.userName);
  await later(m, MINUTE);
  const link = (more: Partial<NewClaim> = {}) =>
    m.links.mint({
      scope: 'case',
      account: ACCOUNT,
      userId: USER_ID,
      caseNumber: 1,
      recipient: SEC.id,
      address: ADDRESS,
      purpose: 'decide',
      expires: plus(m.clock.now(), -DAY),
      ...more,
    } as NewClaim);
  const listLink = (purpose: 'list' | 'list-view' = 'list') =>
    link({ scope: 'list', purpose, expires: plus(m.clock.now(), DAY) } as Partial<NewClaim>);
  const before = m.mails.length;
  return { m, user, link, listLink, mailed: () => m.mails.slice(before) };
}

/** Every message about links that was sent arrives. */
async function delivered(m: MemoryWorld): Promise<void> {
  for (const wish of m.mailLinks.sent.splice(0)) {
    await arrives(m, 'wakes', wish);
  }
}

async function asksFor(m: MemoryWorld, token: string, subject: Partial<LinkSubject> = {}) {
  const claim = await m.links.verify(token);
  if (claim === null) {
    throw new Error('no link');
  }
  const about = { userId: USER_ID, caseNumber: 1, why: 'row' as const, ...subject };
  const result = await askForLink(portsOf(m), { approver: SEC, claim, token }, about);
  await delivered(m);
  return result;
}

const storedIn = (m: MemoryWorld) => [...m.table.linkRequests][0] as [string, SealedLinkRequest];
const wishFor = ({ digest }: SealedLinkRequest): MailLinkWish => ({
  kind: 'mail-link',
  account: ACCOUNT,
  userId: USER_ID,
  digest,
});

describe('an expired link', () => {
  it('is followed by a mail to its own person, with a link that opens the case', async () => {
    const { m, link, mailed } = await asked();
    const renewed = await renewLink(portsOf(m), await link(), 'decide');
    expect(renewed).toEqual({ kind: 'renewal', asked: 'asked' });
    await delivered(m);
    expect(mailed()).toHaveLength(1);
    const [mail] = mailed();
    expect(mail).toMatchObject({ recipient: 'sec-lead', address: ADDRESS });
    expect(mail?.subject).toMatch(/^\[Solekey\] prod-payments\/ci-deploy: your new link$/);
    expect(caseClaimIn(mail?.link)).toMatchObject({ purpose: 'decide', caseNumber: 1 });
    const token = mail?.link?.split('/').at(-1) ?? '';
    expect((await showCase(portsOf(m), token, 'decide')).kind).toBe('found');
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
  });

  it('is followed by one mail a day, however often somebody asks', async () => {
    const { m, link, mailed } = await asked();
    const token = await link();
    const once = new Set<string>();
    const press = async () => {
      await renewLink(portsOf(m), token, 'decide');
      for (const wish of m.mailLinks.sent.splice(0)) {
        if (!once.has(wish.digest) && (await mailLink(m.world, wish)) === 'mailed') {
          once.add(wish.digest);
        }
      }
    };
    await press();
    await press();
    expect(mailed()).toHaveLength(1);
    m.clock.move(DAY);
    await press();
    await press();
    expect(mailed()).toHaveLength(2);
  });

  it('that still is valid shows the case, and asks for nothing', async () => {
    const { m, link } = await asked();
    const valid = await link({ expires: plus(m.clock.now(), DAY) });
    expect((await renewLink(portsOf(m), valid, 'decide')).kind).toBe('found');
    expect([m.table.linkRequests.size, m.mailLinks.sent]).toEqual([0, []]);
  });

  it('of a case that is closed is followed by a mail that says so, without a link', async () => {
    const { m, user, link, mailed } = await asked();
    const token = await link();
    m.iam.users.set(USER_ID, { ...user, keys: user.keys.slice(0, 1) });
    await m.wake(user.userName);
    await passing(m, 2 * HOUR, 10 * MINUTE);
    expect(m.caseOf(USER_ID)?.phase).toBe('closed');
    const before = mailed().length;
    await renewLink(portsOf(m), token, 'decide');
    await delivered(m);
    const [mail, ...more] = mailed().slice(before);
    expect([mail?.link, more]).toEqual([null, []]);
    expect(mail?.body).toContain('That case is closed.');
    expect(mail?.body).not.toContain('A newer case');
  });

  it('of a case that was replaced leads to no link of the newer one', async () => {
    const { m, link, mailed } = await asked();
    const row = m.table.rows.get(USER_ID);
    if (row === undefined) {
      throw new Error('no case');
    }
    m.table.rows.set(USER_ID, { ...row, case: { ...row.case, number: 2 } });
    await renewLink(portsOf(m), await link(), 'decide');
    await delivered(m);
    expect(mailed().map((one) => one.link)).toEqual([null]);
    expect(mailed()[0]?.body).toContain('A newer case about this user is open');
  });
});

describe('a link to a list', () => {
  it('gets a row a link of its own', async () => {
    const { m, listLink, mailed } = await asked();
    expect(await asksFor(m, await listLink())).toBe('asked');
    expect(mailed().map((one) => caseClaimIn(one.link)?.purpose)).toEqual(['decide']);
  });

  it('gets a link that permits nothing, for somebody else', async () => {
    const { m, listLink, mailed } = await asked();
    expect(await asksFor(m, await listLink(), { why: 'view' })).toBe('asked');
    expect(mailed().map((one) => caseClaimIn(one.link)?.purpose)).toEqual(['view']);
    expect(mailed()[0]?.body).not.toContain('This link is personal');
    const token = mailed()[0]?.link?.split('/').at(-1) ?? '';
    expect((await showCase(portsOf(m), token, 'view')).kind).toBe('found');
    expect([await decide(m, 'sec-lead', NEWER), m.table.requests.size]).toEqual(['refused', 0]);
    // It does not even lead to another one.
    for (const why of ['view', 'row', 'expired'] as const) {
      expect(await asksFor(m, token, { why })).toBe('not-permitted');
    }
  });

  it('gets nothing for a case that does not exist', async () => {
    const { m, listLink, mailed } = await asked();
    expect(await asksFor(m, await listLink(), { caseNumber: 2 })).toBe('asked');
    expect(await asksFor(m, await listLink(), { userId: 'AIDANOBODY' })).toBe('asked');
    expect(mailed()).toEqual([]);
  });

  it('of observe mode gets nothing, and others only a link that shows the case', async () => {
    const { m, listLink, link, mailed } = await asked({ mode: 'observe' });
    expect(await asksFor(m, await listLink('list-view'))).toBe('not-permitted');
    expect(m.table.linkRequests.size).toBe(0);
    await renewLink(portsOf(m), await link(), 'decide');
    await delivered(m);
    expect(mailed().map((one) => caseClaimIn(one.link)?.purpose)).toEqual(['view']);
  });
});

describe('a link to a report', () => {
  it('gets the link of a user about whom there is a concern, and with it the key is active again', async () => {
    const { m, user } = worldWith();
    await intoGrace(m);
    const before = m.mails.length;
    const token = await m.links.mint(aReportClaim({ expires: plus(m.clock.now(), DAY) }));
    expect(await asksFor(m, token)).toBe('asked');
    const [mail] = m.mails.slice(before);
    expect(mail).toMatchObject({ recipient: 'sec-lead' });
    expect(caseClaimIn(mail?.link)).toMatchObject({ userId: USER_ID, caseNumber: 1 });
    expect(await restore(m, 'sec-lead', OLDER)).toBe('recorded');
    await passing(m, HOUR, 10 * MINUTE);
    const keys = m.iam.users.get(USER_ID)?.keys ?? [];
    expect(keys.map(({ status }) => status)).toEqual(user.keys.map(() => 'Active'));
  });

  it('gets no link that permits nothing, none of another account, and none once it has expired', async () => {
    const { m } = await asked();
    const expires = plus(m.clock.now(), DAY);
    const token = await m.links.mint(aReportClaim({ expires }));
    for (const why of ['view', 'expired'] as const) {
      expect(await asksFor(m, token, { why })).toBe('not-permitted');
    }
    const claim = aReportClaim({ expires });
    const about = { userId: USER_ID, caseNumber: 1, why: 'row' as const };
    expect(permits(claim, '999999999999', about, m.clock.now())).toBe(false);
    expect(permits(claim, ACCOUNT, about, plus(expires, 1))).toBe(false);
    expect(permits(claim, ACCOUNT, about, expires)).toBe(true);
    expect(m.table.linkRequests.size).toBe(0);
  });
});

describe('nothing is mailed', () => {
  it('upon a message alone', async () => {
    const { m, mailed } = await asked();
    await arrives(m, 'wakes', {
      kind: 'mail-link',
      account: ACCOUNT,
      userId: USER_ID,
      digest: 'd'.repeat(64),
    });
    expect(mailed()).toEqual([]);
    expect(m.log.lines).not.toContain('count NotAsRecorded');
  });

  it('to anybody but the person of the request, whoever sends the message', async () => {
    const { m, link, mailed } = await asked();
    const other = { recipient: 'platform-lead', address: addressMark('platform@example.com') };
    await renewLink(portsOf(m), await link(other), 'decide');
    await delivered(m);
    expect(mailed().map(({ recipient }) => recipient)).toEqual(['platform-lead']);
    expect(m.table.linkRequests.size).toBe(1);
  });

  it('upon a message that came through the event queue', async () => {
    const { m, link, mailed } = await asked();
    await renewLink(portsOf(m), await link(), 'decide');
    await arrives(m, 'events', wishFor(storedIn(m)[1]));
    expect([mailed(), m.buried.length]).toEqual([[], 1]);
  });

  it.each<[string, (request: SealedLinkRequest) => Partial<SealedLinkRequest>]>([
    ['without a proof', () => ({ proof: 'a'.repeat(64) })],
    ['with another reason', () => ({ why: 'view' })],
    ['with another case', () => ({ caseNumber: 0 })],
    ['with another time', ({ at }) => ({ at: plus(at, 1) })],
    ['with no link', () => ({ payload: 'nonsense' })],
  ])('upon a request that somebody wrote into the table: %s', async (_what, forge) => {
    const { m, link, mailed } = await asked();
    await renewLink(portsOf(m), await link(), 'decide');
    const [key, request] = storedIn(m);
    m.table.linkRequests.set(key, { ...request, ...forge(request) });
    expect(await mailLink(m.world, wishFor(request))).toBe('refused');
    expect(mailed()).toEqual([]);
    expect(m.log.lines).toContain('count NotAsRecorded');
  });

  it('upon a genuine request under the digest of another one, or of another user', async () => {
    const { m, link, mailed } = await asked();
    await renewLink(portsOf(m), await link(), 'decide');
    const [, request] = storedIn(m);
    const other = 'e'.repeat(64);
    m.table.linkRequests.set(`${ACCOUNT}/${USER_ID}/${other}`, request);
    expect(await mailLink(m.world, { ...wishFor(request), digest: other })).toBe('refused');
    m.table.linkRequests.set(`${ACCOUNT}/AIDAOTHER/${request.digest}`, request);
    expect(await mailLink(m.world, { ...wishFor(request), userId: 'AIDAOTHER' })).toBe('refused');
    expect(mailed()).toEqual([]);
  });

  it('to a removed or revoked approver, or to a changed address', async () => {
    const { m, link, mailed } = await asked();
    await renewLink(portsOf(m), await link(), 'decide');
    const wish = wishFor(storedIn(m)[1]);
    const [sec, platform] = POLICY.approvers;
    if (sec === undefined || platform === undefined) {
      throw new Error('nobody');
    }
    for (const approvers of [[platform], [{ ...sec, email: 'new@example.com' }, platform]]) {
      m.world.policy = { ...POLICY, approvers };
      expect(await mailLink(m.world, wish)).toBe('refused');
    }
    m.world.policy = POLICY;
    m.table.state.control = { pauses: [], revoked: ['sec-lead'] };
    expect(await mailLink(m.world, wish)).toBe('refused');
    m.table.state.control = { pauses: [], revoked: [] };
    expect(await mailLink(m.world, wish)).toBe('mailed');
    expect(mailed()).toHaveLength(1);
  });

  it('upon a request of yesterday that is sent again', async () => {
    const { m, link, mailed } = await asked();
    await renewLink(portsOf(m), await link(), 'decide');
    const wish = wishFor(storedIn(m)[1]);
    m.clock.move(DAY + 1);
    expect(await mailLink(m.world, wish)).toBe('refused');
    expect(mailed()).toEqual([]);
  });

  it('about a case that only a newer release can read', async () => {
    const { m, link, mailed } = await asked();
    await renewLink(portsOf(m), await link(), 'decide');
    const unread = {
      account: ACCOUNT,
      userId: USER_ID,
      userName: 'ci-deploy',
      number: 1,
      why: 'newer' as const,
      reason: 'x',
      keys: [],
    };
    m.table.unread.set(USER_ID, { unread, version: 3, wakeAt: null } as never);
    expect(await mailLink(m.world, wishFor(storedIn(m)[1]))).toBe('refused');
    expect(mailed()).toEqual([]);
  });
});

describe('a stored request', () => {
  it('is no answer, even if somebody stores it under the digest of the question', async () => {
    const { m, link } = await asked();
    await renewLink(portsOf(m), await link({ expires: plus(m.clock.now(), -1) }), 'decide');
    const [, request] = storedIn(m);
    const ask = { kind: 'keep' as const, keep: NEWER, off: [], acknowledged: [] };
    expect(await m.links.claimOf({ ...request, ask })).toBeNull();
    expect(await m.links.claimOfLinkRequest(request)).not.toBeNull();
  });
});

describe('the budget of an address', () => {
  it('is 30 an hour and one a second, beside that of all other mails', async () => {
    const { m, listLink, mailed } = await asked();
    m.table.paces.kept = true;
    const token = await listLink();
    const row = m.table.rows.get(USER_ID);
    if (row === undefined) {
      throw new Error('no case');
    }
    for (let number = 1; number <= 31; number += 1) {
      m.table.rows.set(USER_ID, { ...row, case: { ...row.case, number } });
      await asksFor(m, token, { caseNumber: number });
    }
    const times = mailed().map(({ at }) => Date.parse(at));
    expect(times).toHaveLength(30);
    expect(times.slice(1).every((at, index) => at - (times[index] ?? 0) >= 1_000)).toBe(true);
    expect(m.log.lines.filter((line) => line === 'count LinkNotMailed')).toHaveLength(1);
    m.clock.move(HOUR);
    expect(await asksFor(m, token, { caseNumber: 31 })).toBe('asked-before');
    expect(mailed()).toHaveLength(31);
  });

  it('that is busy leaves the message to the queue', async () => {
    const { m, link, mailed } = await asked();
    await renewLink(portsOf(m), await link(), 'decide');
    m.world.pause = async () => undefined;
    m.table.paces.kept = true;
    await m.world.paces.change({ account: ACCOUNT, address: ADDRESS }, (pace) => ({
      next: { ...pace, nextAt: plus(m.clock.now(), 60) },
      result: null,
    }));
    await expect(mailLink(m.world, wishFor(storedIn(m)[1]))).rejects.toThrow('other mails');
    expect(mailed()).toEqual([]);
  });
});

it('a request that reconcile could not be told of is told by the next press', async () => {
  const { m, link, mailed } = await asked();
  const token = await link();
  m.mailLinks.broken = true;
  expect(await renewLink(portsOf(m), token, 'decide')).toEqual({ kind: 'renewal', asked: 'not-sent' });
  m.mailLinks.broken = false;
  expect(await renewLink(portsOf(m), token, 'decide')).toEqual({ kind: 'renewal', asked: 'asked-before' });
  await delivered(m);
  expect(mailed()).toHaveLength(1);
  expect(m.log.lines).toContain('count WakeNotSent');
  expect(m.log.lines.join('\n')).not.toContain(token);
});
