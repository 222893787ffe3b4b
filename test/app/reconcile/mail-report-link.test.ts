/** A mail with a link to the report that somebody asked for: who gets one, and every way to get one that fails. */
import { describe, expect, it } from 'vitest';
import { askForLink } from '../../../functions/app/approve/ask-for-link.ts';
import { askForReport, renewReportLink } from '../../../functions/app/approve/ask-for-report.ts';
import { mailLink } from '../../../functions/app/reconcile/mail-link.ts';
import { parseToken } from '../../../functions/contracts/link.ts';
import { sealedLinkRequest } from '../../../functions/contracts/proof.ts';
import { addressMark, type NewClaim } from '../../../functions/core/case/requests.ts';
import {
  linkRequestDigest,
  REPORT_SUBJECT,
  type SealedLinkRequest,
} from '../../../functions/core/channel/link-request.ts';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import { portsOf, worldWith } from '../../fakes/acts.ts';
import { ACCOUNT, aClaim, aListClaim, aReportClaim, POLICY } from '../../fakes/cases.ts';
import { memoryList } from '../../fakes/list.ts';
import { arrives } from '../../fakes/messages.ts';
import { memoryReports } from '../../fakes/report.ts';

const SEC = { id: 'sec-lead', name: 'Security lead', email: 'security@example.com' };
const PLATFORM = { recipient: 'platform-lead', address: addressMark('platform@example.com') };
const WANTED = { ...REPORT_SUBJECT, why: 'report' as const };

/** An account without any open case. */
function quiet() {
  const { m } = worldWith();
  const now = m.clock.now();
  const ports = {
    ...portsOf(m),
    list: memoryList(() => ({ cases: [], control: m.table.state.control, subscriptions: null })),
    reports: memoryReports(),
  };
  const expires = plus(now, DAY);
  const listLink = (more = {}) => m.links.mint(aListClaim({ expires, ...more }));
  const reportLink = (more = {}) => m.links.mint(aReportClaim({ expires: plus(now, -DAY), ...more }));
  const wishes = () => m.mailLinks.sent.splice(0);
  const delivered = async () => {
    for (const wish of wishes()) {
      await arrives(m, 'wakes', wish);
    }
  };
  return { m, ports, listLink, reportLink, wishes, delivered };
}

const stored = (m: ReturnType<typeof quiet>['m']) =>
  [...m.table.linkRequests][0] as [string, SealedLinkRequest];
const claimIn = (link: string | null | undefined) => parseToken(link?.split('/').at(-1) ?? '')?.claim;

describe('a link to the report', () => {
  it('is mailed through a link to a list while no case is open, valid for eight days', async () => {
    const { m, ports, listLink, delivered } = quiet();
    expect(await askForReport(ports, await listLink())).toMatchObject({ asked: 'asked' });
    await delivered();
    expect(m.mails).toHaveLength(1);
    const [mail] = m.mails;
    expect(mail).toMatchObject({ recipient: 'sec-lead', address: addressMark(SEC.email) });
    expect(mail?.subject).toBe('[Solekey] prod-payments: your link to the report');
    expect(mail?.link).toContain('/p/');
    expect(claimIn(mail?.link)).toMatchObject({ scope: 'report', account: ACCOUNT, purpose: 'report' });
    const days = (Date.parse(claimIn(mail?.link)?.expires ?? '') - Date.parse(mail?.at ?? '')) / 86_400_000;
    expect(days).toBeCloseTo(8, 3);
  });

  it('is mailed in place of an expired one, to the same person', async () => {
    const { m, ports, reportLink, delivered } = quiet();
    expect(await renewReportLink(ports, await reportLink(PLATFORM))).toMatchObject({ asked: 'asked' });
    await delivered();
    expect(m.mails.map(({ recipient }) => recipient)).toEqual(['platform-lead']);
    expect(claimIn(m.mails[0]?.link)).toMatchObject({ scope: 'report' });
  });

  it('is mailed once a day, however often somebody asks or the message comes', async () => {
    const { m, ports, listLink, wishes } = quiet();
    const token = await listLink({ expires: plus(m.clock.now(), 3 * DAY) });
    // As `mailOnce` does: only a wish upon which something was mailed is remembered.
    const once = new Set<string>();
    const press = async () => {
      const done = await askForReport(ports, token);
      for (const wish of wishes()) {
        if (!once.has(wish.digest) && (await mailLink(m.world, wish)) === 'mailed') {
          once.add(wish.digest);
        }
      }
      return done.kind === 'asked' ? done.asked : done.kind;
    };
    expect([await press(), await press()]).toEqual(['asked', 'asked-before']);
    expect([m.table.linkRequests.size, m.mails.length]).toEqual([1, 1]);
    m.clock.move(DAY);
    expect([await press(), await press()]).toEqual(['asked', 'asked-before']);
    expect([m.table.linkRequests.size, m.mails.length]).toEqual([2, 2]);
  });

  it('has the budget of all links that are mailed on request, and is asked for again later', async () => {
    const { m, ports, listLink, wishes } = quiet();
    m.table.paces.kept = true;
    await askForReport(ports, await listLink());
    const [wish] = wishes();
    if (wish === undefined) {
      throw new Error('no wish');
    }
    const results: string[] = [];
    for (let n = 0; n < 31; n += 1) {
      results.push(await mailLink(m.world, wish));
    }
    expect(results.filter((one) => one === 'mailed')).toHaveLength(30);
    expect(results.at(-1)).toBe('full');
    expect(m.log.lines).toContain('count LinkNotMailed');
    m.clock.move(HOUR);
    expect(await mailLink(m.world, wish)).toBe('mailed');
  });
});

describe('nothing is stored', () => {
  it.each<[string, NewClaim]>([
    ['a link that only shows the list', aListClaim({ purpose: 'list-view' })],
    ['an expired link to a list', aListClaim({ expires: '2020-01-01T00:00:00.000Z' })],
    ['a link of nobody', aListClaim({ recipient: 'nobody' })],
    ['a link to a former address', aListClaim({ address: addressMark('old@example.com') })],
    ['a link to a case', aClaim() as NewClaim],
    ['a link to delete', aClaim({ purpose: 'delete' }) as NewClaim],
    ['a link to a report', aReportClaim()],
  ])('upon the wish of %s on the page of a list', async (_what, claim) => {
    const { m, ports } = quiet();
    const done = await askForReport(ports, await m.links.mint(claim));
    expect(done.kind === 'asked' ? done.asked : done.kind).toMatch(/^(refused|not-permitted)$/);
    expect([m.table.linkRequests.size, m.mailLinks.sent]).toEqual([0, []]);
  });

  it.each<[string, NewClaim]>([
    ['a link that is valid', aReportClaim({ expires: '2100-01-01T00:00:00.000Z' })],
    ['one expired long ago', aReportClaim({ expires: '2020-01-01T00:00:00.000Z' })],
    ['an expired link to a list', aListClaim({ expires: '2020-01-01T00:00:00.000Z' })],
    ['a link to a case', aClaim() as NewClaim],
  ])('upon the wish of %s on the page of a report', async (_what, claim) => {
    const { m, ports } = quiet();
    expect((await renewReportLink(ports, await m.links.mint(claim))).kind).not.toBe('asked');
    expect([m.table.linkRequests.size, m.mailLinks.sent]).toEqual([0, []]);
  });

  it('upon the expired link of somebody who was revoked', async () => {
    const { m, ports, reportLink } = quiet();
    m.table.state.control = { pauses: [], revoked: ['sec-lead'] };
    expect(await renewReportLink(ports, await reportLink())).toEqual({ kind: 'refused', why: 'expired' });
    expect(m.table.linkRequests.size).toBe(0);
  });
});

describe('nothing is mailed', () => {
  it.each<[string, (request: SealedLinkRequest) => Partial<SealedLinkRequest>]>([
    ['without a proof', () => ({ proof: 'a'.repeat(64) })],
    ['with another reason', () => ({ why: 'expired' })],
    ['with another subject', () => ({ caseNumber: 2 })],
    ['about a user', () => ({ userId: 'AIDAOTHER' })],
    ['with another time', ({ at }) => ({ at: plus(at, 1) })],
    ['with no link', () => ({ payload: 'nonsense' })],
  ])('upon a request that somebody wrote into the table: %s', async (_what, forge) => {
    const { m, ports, listLink, wishes } = quiet();
    await askForReport(ports, await listLink());
    const [key, request] = stored(m);
    m.table.linkRequests.set(key, { ...request, ...forge(request) });
    for (const wish of wishes()) {
      expect(await mailLink(m.world, wish)).toBe('refused');
    }
    expect(m.mails).toEqual([]);
  });

  it('upon a request under the digest of another one', async () => {
    const { m, ports, listLink } = quiet();
    await askForReport(ports, await listLink());
    const [, request] = stored(m);
    const digest = 'e'.repeat(64);
    m.table.linkRequests.set(`${ACCOUNT}/REPORT/${digest}`, request);
    const wish = { kind: 'mail-link' as const, account: ACCOUNT, userId: 'REPORT', digest };
    expect(await mailLink(m.world, wish)).toBe('refused');
    expect(m.mails).toEqual([]);
  });

  it.each<[string, NewClaim]>([
    ['that only shows the list', aListClaim({ purpose: 'list-view' })],
    ['to a case', aClaim() as NewClaim],
    ['to delete', aClaim({ purpose: 'delete' }) as NewClaim],
    ['to a report', aReportClaim()],
    ['to the list of another account', aListClaim({ account: '210987654321' })],
    ['of another person', aListClaim(PLATFORM)],
  ])('upon a request sealed with a link %s by whoever took over approve', async (_what, claim) => {
    const { m } = quiet();
    const at = m.clock.now();
    const token = await m.links.mint(claim);
    const digest = linkRequestDigest(ACCOUNT, WANTED, SEC, at);
    m.table.linkRequests.set(
      `${ACCOUNT}/REPORT/${digest}`,
      sealedLinkRequest(token, { ...WANTED, digest, at }),
    );
    const wish = { kind: 'mail-link' as const, account: ACCOUNT, userId: 'REPORT', digest };
    expect(await mailLink(m.world, wish)).toBe('refused');
    expect(m.mails).toEqual([]);
  });

  it('upon a proof that was made with one link for the payload of another', async () => {
    const { m, ports, listLink, wishes } = quiet();
    await askForReport(ports, await listLink());
    const [key, request] = stored(m);
    const other = parseToken(await listLink(PLATFORM))?.payload ?? '';
    m.table.linkRequests.set(key, { ...request, payload: other });
    for (const wish of wishes()) {
      expect(await mailLink(m.world, wish)).toBe('refused');
    }
    expect(m.log.lines).toContain('count NotAsRecorded');
  });

  it('to a removed or revoked approver, to a changed address, or a day later', async () => {
    const { m, ports, listLink, wishes } = quiet();
    await askForReport(ports, await listLink());
    const [wish] = wishes();
    const [sec, platform] = POLICY.approvers;
    if (wish === undefined || sec === undefined || platform === undefined) {
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
    m.clock.move(DAY + 1);
    expect(await mailLink(m.world, wish)).toBe('refused');
    expect(m.mails).toEqual([]);
  });

  it('by askForLink for a case under the name of the report', async () => {
    const { m, ports, listLink } = quiet();
    const token = await listLink();
    const claim = await m.links.verify(token);
    if (claim === null) {
      throw new Error('no link');
    }
    for (const why of ['row', 'view', 'expired'] as const) {
      const done = await askForLink(ports, { approver: SEC, claim, token }, { ...REPORT_SUBJECT, why });
      expect(done).toBe('not-permitted');
    }
    expect(m.table.linkRequests.size).toBe(0);
  });
});
