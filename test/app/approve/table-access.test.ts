import { describe, expect, it } from 'vitest';
import { showCase } from '../../../functions/app/approve/show-case.ts';
import { encodePayload } from '../../../functions/contracts/link.ts';
import type { Case } from '../../../functions/core/case/case.ts';
import type { Decision } from '../../../functions/core/case/decision.ts';
import { factsOf, formerDigest } from '../../../functions/core/case/facts.ts';
import { addressMark, type DecisionRequest } from '../../../functions/core/case/requests.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import {
  decide,
  eventsOf,
  facts,
  intoGrace,
  intoQuestion,
  later,
  NAME,
  passing,
  portsOf,
  restore,
  trueKey,
  worldWith,
  writesOf,
} from '../../fakes/acts.ts';
import { ACCOUNT, aClaim, aDecision, NEWER, NOW, OLDER, THIRD, USER_ID } from '../../fakes/cases.ts';
import { macOf } from '../../fakes/claims.ts';
import { altered } from '../../fakes/on-record.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

const WRONG = { kind: 'keep' as const, keep: OLDER, off: [NEWER], acknowledged: [NEWER] };

const requestsOf = ({ table }: MemoryWorld) => [...table.requests.values()];

/** Writes over whatever is stored for a question, as somebody can who has the table. */
function write({ table }: MemoryWorld, request: DecisionRequest): void {
  table.requests.set(`${ACCOUNT}/${USER_ID}/${request.digest}`, request);
}

const active = (m: MemoryWorld) =>
  m.iam.users.get(USER_ID)?.keys.flatMap(({ id, status }) => (status === 'Active' ? [id] : []));

/** A case asked about for the second time: in the table there is a decision of sec-lead and an undoing of platform-lead. */
async function askedTwice() {
  const { m } = worldWith();
  await intoGrace(m);
  await later(m, DAY);
  expect(await restore(m, 'platform-lead', OLDER)).toBe('recorded');
  await m.wake(NAME);
  await later(m, MINUTE);
  expect([active(m), m.caseOf(USER_ID)?.phase]).toEqual([[NEWER, OLDER], 'awaiting-decision']);
  const [decision, undoing] = requestsOf(m);
  if (decision === undefined || undoing === undefined) {
    throw new Error('two requests should be stored');
  }
  return { m, decision, undoing, writes: writesOf(m) };
}

describe('whoever can read and write the requests in the table', () => {
  it.each<
    [
      string,
      (
        m: MemoryWorld,
        stored: { readonly decision: DecisionRequest; readonly undoing: DecisionRequest },
      ) => object,
    ]
  >([
    ['other words under the payload and proof of an old one', (_m, { decision }) => decision],
    [
      'the payload of one person and the proof of another',
      (_m, { decision, undoing }) => ({
        payload: decision.payload,
        proof: undoing.proof,
      }),
    ],
    [
      'a payload of their own making',
      ({ clock }, { decision }) => ({
        payload: encodePayload(aClaim({ caseNumber: 1, expires: plus(clock.now(), DAY) })),
        proof: decision.proof,
      }),
    ],
    ['no payload', () => ({ payload: '', proof: '' })],
  ])('cannot decide with %s', async (_what, from) => {
    const { m, writes, ...stored } = await askedTwice();
    const digest = facts(m);
    write(m, { payload: '', proof: '', ...from(m, stored), digest, at: m.clock.now(), ask: WRONG });
    await m.wake(NAME);
    await later(m, DAY);
    expect(eventsOf(m)).toContain('request-refused not-signed');
    expect([writes, m.caseOf(USER_ID)?.decision, m.table.decisions.length]).toEqual([[], null, 1]);
    expect(facts(m)).not.toBe(digest);
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    await m.sweep();
    expect(active(m)).toEqual([NEWER]);
  });

  it.each<[string, Partial<DecisionRequest>]>([
    ['what to keep', { ask: WRONG }],
    [
      'what is acknowledged as in use',
      { ask: { ...WRONG, keep: NEWER, off: [OLDER], acknowledged: [OLDER] } },
    ],
    ['when it was', { at: '2026-11-23T16:10:30.000Z' }],
  ])('cannot change a request that no pass has seen: %s', async (_what, more) => {
    const { m } = worldWith();
    await intoQuestion(m);
    const writes = writesOf(m);
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    const [request] = requestsOf(m);
    if (request === undefined) {
      throw new Error('a request should be stored');
    }
    write(m, { ...request, ...more });
    await m.wake(NAME);
    expect(eventsOf(m)).toContain('request-refused not-signed');
    expect([writes, active(m)]).toEqual([[], [NEWER, OLDER]]);
    expect(m.table.decisions).toEqual([]);
  });

  it('cannot make a link of what is stored', async () => {
    const { m, decision } = await askedTwice();
    const proof = Buffer.from(decision.proof, 'hex').toString('base64url');
    const link = `v1.${decision.payload}.${proof}`;
    expect(await showCase(portsOf(m), link, 'decide')).toEqual({ kind: 'refused', why: 'not-ours' });
  });

  it('finds no part of a link there that is not public, nor does a reader of the log', async () => {
    const { m } = await askedTwice();
    const { rows, history, requests, decisions } = m.table;
    const kept = JSON.stringify([[...rows], [...history], [...requests], decisions, m.news, m.wakes.sent]);
    const told = `${kept}\n${m.log.lines.join('\n')}`;
    const macs = m.mails.map(({ link }) => macOf(link));
    expect(macs.length).toBeGreaterThan(4);
    for (const [mac = '', hex = ''] of macs) {
      expect([mac.length, hex.length]).toEqual([43, 64]);
      for (const secret of [mac, hex]) {
        expect(told).not.toContain(secret);
      }
    }
  });
});

/** From now on a change of a key fails the test. */
function noChange(m: MemoryWorld): void {
  m.iam.watchers.push(({ kind }) => {
    throw new Error(`a key was changed: ${kind}`);
  });
}

const found = (m: MemoryWorld) => m.log.lines.filter((line) => line === 'count NotAsRecorded').length;

const ASKED = { by: 'sec-lead', address: addressMark('security@example.com') };

describe('whoever can write the case in the table', () => {
  it.each<[string, (decision: Decision) => Decision]>([
    ['nobody posted', (decision) => ({ ...decision, digest: 'f'.repeat(64) })],
    [
      'keeps another key than the one posted',
      (decision) => ({
        ...decision,
        keep: OLDER,
        deactivate: [NEWER],
        remove: [NEWER],
        acknowledged: [NEWER],
      }),
    ],
    [
      'names another person',
      (decision) => ({ ...decision, by: 'platform-lead', address: addressMark('platform@example.com') }),
    ],
    ['was given at another time', (decision) => decision],
  ])('changes no key with a decision that %s', async (_what, forged) => {
    const { m, decision } = await askedTwice();
    const [made] = m.table.decisions;
    if (made === undefined) {
      throw new Error('a decision should be on record');
    }
    const shown = { ...made, at: m.clock.now(), carriedOutAt: null, digest: decision.digest };
    const withIt = (current: Case): Case => ({
      ...current,
      phase: 'approved',
      askedAgain: null,
      decision: forged(shown),
    });
    altered(m, withIt, 'and its history');
    noChange(m);
    await m.wake(NAME).catch(() => undefined);
    expect(active(m)).toEqual([NEWER, OLDER]);
    expect(m.log.lines.join()).toContain('answer-not-proved');
    expect(found(m)).toBe(1);
  });

  it('a decision that is void is not carried out again because it stands in the case again', async () => {
    const { m } = await askedTwice();
    const [made] = m.table.decisions;
    noChange(m);
    altered(m, (current) => ({ ...current, phase: 'approved', decision: made ?? null }), 'alone');
    const told = m.mails.length;
    await m.wake(NAME);
    await later(m, DAY);
    expect(active(m)).toEqual([NEWER, OLDER]);
    expect(m.caseOf(USER_ID)?.phase, 'left as it is, so that people can compare').toBe('approved');
    expect([found(m) > 1, m.mails.length]).toEqual([true, told]);
  });

  it('one write of a case reactivates no key', async () => {
    const { m } = worldWith([trueKey(NEWER, 21, 0.1), trueKey(THIRD, 40, 3), trueKey(OLDER, 600, 43)]);
    await intoGrace(m);
    noChange(m);
    const restoring = { ...ASKED, at: m.clock.now() };
    const progress = { [THIRD]: { deactivated: m.clock.now(), restoring } };
    altered(m, (current) => ({ ...current, progress }), 'alone');
    await m.wake(NAME);
    await later(m, DAY);
    expect(active(m)).toEqual([NEWER]);
    expect(found(m)).toBeGreaterThan(0);
  });

  it('what is altered is altered for an unreadable user, too: no pass makes it look genuine', async () => {
    const { m } = worldWith();
    await intoGrace(m);
    altered(m, (current) => ({ ...current, decision: null }), 'alone');
    m.iam.state.unreadable = true;
    await m.wake(NAME).catch(() => undefined);
    await later(m, MINUTE);
    m.iam.state.unreadable = false;
    const { version } = m.caseOf(USER_ID) ?? {};
    await later(m, DAY);
    expect(m.caseOf(USER_ID)?.version).toBe(version);
  });

  it('a case made to look as if nobody had been asked yet is left alone, too', async () => {
    const { m } = worldWith();
    await intoGrace(m);
    const { version, phase } = m.caseOf(USER_ID) ?? {};
    const blank = { remindedAt: null, toldAt: null, asking: 1, decision: null, progress: {} };
    altered(m, (current) => ({ ...current, ...blank }), 'alone');
    await m.wake(NAME);
    await later(m, DAY);
    expect(m.caseOf(USER_ID)).toMatchObject({ version, phase });
    expect(found(m)).toBeGreaterThan(0);
  });

  it.each<[string, Partial<Case>]>([
    ['whose approvers seem to have been mailed', { remindedAt: NOW }],
    ['with another question', { asking: 2 }],
    ['with a decision', { decision: aDecision() }],
    ['that is closed', { phase: 'closed', closedAs: 'by-owner' }],
    ['with a key of ours', { progress: { [OLDER]: { deactivated: NOW } } }],
  ])('the first version of a case, altered to one %s, is left alone, too', async (_, forged) => {
    const { m } = worldWith(undefined, { notifyAfter: HOUR });
    await m.wake(NAME);
    expect(m.caseOf(USER_ID)).toMatchObject({ version: 1, remindedAt: null, asking: 1, progress: {} });
    altered(m, (current) => ({ ...current, ...forged }), 'alone');
    await m.wake(NAME);
    expect(found(m)).toBe(1);
    expect(m.caseOf(USER_ID)?.version).toBe(1);
  });

  it('what release 0.2.0 wrote has no hash, and goes on', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    const entries = m.table.history.get(USER_ID) ?? [];
    m.table.history.set(
      USER_ID,
      entries.map(({ state: _none, ...entry }) => entry),
    );
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    await m.sweep();
    expect(active(m)).toEqual([NEWER]);
    expect(found(m)).toBe(0);
  });
});

describe('whoever can write the case and its history', () => {
  type Stored = { readonly decision: DecisionRequest; readonly undoing: DecisionRequest };

  it.each<[string, (m: MemoryWorld, stored: Stored) => object]>([
    ['nobody posted', () => ({ proof: 'f'.repeat(64) })],
    ['was a decision', (_m, { decision }) => ({ at: decision.at, proof: decision.digest })],
    ['was posted at another moment', (_m, { undoing }) => ({ proof: undoing.digest })],
    ['somebody else posted', (_m, { undoing }) => ({ at: undoing.at, proof: undoing.digest })],
    ['release 0.2.0 never recorded', () => ({})],
  ])('reactivates no key with a request that %s', async (_what, forged) => {
    const { m, ...stored } = await askedTwice();
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    await m.sweep();
    expect(active(m)).toEqual([NEWER]);
    noChange(m);
    const restoring = { ...ASKED, at: m.clock.now(), ...forged(m, stored) };
    const asked = (current: Case): Case => ({
      ...current,
      decision: null,
      asking: current.asking + 1,
      askedAgain: { code: 'restored', by: ASKED.by },
      toldAt: null,
      progress: { [OLDER]: { ...current.progress[OLDER], restoring } },
    });
    altered(m, asked, 'and its history');
    const from = m.mails.length;
    await m.wake(NAME);
    expect(active(m)).toEqual([NEWER]);
    expect(found(m)).toBe(1);
    expect(m.caseOf(USER_ID)?.progress[OLDER]?.restoring, 'it lapses').toBeUndefined();
    expect(eventsOf(m)).toContain('restore-lapsed not-proved');
    expect(
      m.mails.slice(from).every(({ link }) => link !== null),
      'everybody has a new link',
    ).toBe(true);
    expect(m.mails.slice(from).map(({ recipient }) => recipient)).toEqual(['sec-lead', 'platform-lead']);
  });

  it('an undoing of an older case, or one that is too old, is none', async () => {
    const { m, undoing } = await askedTwice();
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    await m.sweep();
    noChange(m);
    const by = { by: 'platform-lead', address: addressMark('platform@example.com') };
    const restoring = { ...by, at: undoing.at, proof: undoing.digest };
    const again = (current: Case): Case => ({
      ...current,
      number: 2,
      decision: null,
      progress: { [OLDER]: { ...current.progress[OLDER], restoring } },
    });
    altered(m, again, 'and its history');
    await m.wake(NAME);
    expect(active(m)).toEqual([NEWER]);
    expect(m.log.lines.join()).toContain('answer-not-proved');
  });

  it('deletes no key with a confirmation that nobody gave: people are asked again', async () => {
    const { m } = worldWith(undefined, { deletion: 'on-confirmation' });
    await intoGrace(m);
    await passing(m, 8 * DAY);
    expect(m.caseOf(USER_ID)?.phase).toBe('awaiting-confirmation');
    noChange(m);
    const confirmed = { ...ASKED, at: m.clock.now(), proof: 'f'.repeat(64) };
    const said = (current: Case): Case => ({
      ...current,
      asking: current.asking + 1,
      decision: current.decision && { ...current.decision, confirmed },
    });
    altered(m, said, 'and its history');
    await m.wake(NAME);
    for (let n = 0; n < 10; n += 1) {
      await later(m, 2 * MINUTE);
    }
    expect(eventsOf(m)).toContain('confirmation-void not-proved');
    expect(m.caseOf(USER_ID)).toMatchObject({
      phase: 'awaiting-confirmation',
      decision: { confirmed: null },
      progress: { [OLDER]: expect.not.objectContaining({ deleting: expect.anything() }) },
    });
    expect(m.iam.users.get(USER_ID)?.keys).toHaveLength(2);
  });
});

describe('a wish to have a key back that release 0.2.0 took up', () => {
  it('is found under one of its questions, and carried out', async () => {
    const { m } = worldWith();
    await intoGrace(m);
    m.iam.faults.push('refused');
    const current = m.caseOf(USER_ID);
    const digest = current === null ? '' : formerDigest(factsOf(current));
    expect(await restore(m, 'sec-lead', OLDER, { facts: digest })).toBe('recorded');
    await m.wake(NAME);
    expect(active(m)).toEqual([NEWER]);
    const older = (one: Case): Case => {
      const { proof: _none, ...restoring } = one.progress[OLDER]?.restoring ?? { ...ASKED, at: '' };
      return { ...one, progress: { [OLDER]: { ...one.progress[OLDER], restoring } } };
    };
    altered(m, older, 'and its history');
    await later(m, 2 * MINUTE);
    expect(active(m)).toEqual([NEWER, OLDER]);
  });
});
