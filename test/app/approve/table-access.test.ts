import { describe, expect, it } from 'vitest';
import { showCase } from '../../../functions/app/approve/show-case.ts';
import { encodePayload } from '../../../functions/contracts/link.ts';
import type { Decision } from '../../../functions/core/case/case.ts';
import { addressMark, type DecisionRequest } from '../../../functions/core/case/requests.ts';
import { DAY, MINUTE, plus } from '../../../functions/core/model/time.ts';
import {
  decide,
  eventsOf,
  facts,
  intoGrace,
  intoQuestion,
  later,
  NAME,
  portsOf,
  restore,
  worldWith,
  writesOf,
} from '../../fakes/acts.ts';
import { ACCOUNT, aClaim, NEWER, OLDER, USER_ID } from '../../fakes/cases.ts';
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
    const macs = m.mails.flatMap(({ link }) => link?.split('.').at(-1) ?? []);
    expect(macs.length).toBeGreaterThan(4);
    for (const mac of macs) {
      expect(mac).toHaveLength(43);
      const hex = Buffer.from(mac, 'base64url').toString('hex');
      for (const secret of [mac, hex]) {
        expect(told).not.toContain(secret);
      }
    }
  });
});

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
  ])('changes no key with a decision that %s', async (_what, forged) => {
    const { m, decision } = await askedTwice();
    const [made] = m.table.decisions;
    const row = m.table.rows.get(USER_ID);
    if (made === undefined || row === undefined) {
      throw new Error('a decision should be on record');
    }
    const current = { ...row.case, phase: 'approved' as const, askedAgain: null };
    const shown = { ...made, at: m.clock.now(), carriedOutAt: null, digest: decision.digest };
    m.table.rows.set(USER_ID, { ...row, case: { ...current, decision: forged(shown) } });
    m.iam.watchers.push(() => {
      throw new Error('a key was changed');
    });
    await m.wake(NAME).catch(() => undefined);
    expect(active(m)).toEqual([NEWER, OLDER]);
    expect(m.log.lines.join()).toContain('nobody-said-so');
  });
});
