import { describe, expect, it } from 'vitest';
import { ENVELOPES } from '../../../ops/control/results.ts';
import { aCase, inGrace, OLDER } from '../../fakes/cases.ts';
import { ControlWorld, ran } from '../../fakes/control-world.ts';

const WHY = ['--reason', 'we leave AWS'];

describe('wind-down', () => {
  it('lists the keys that are off because of Solekey, and changes nothing while there are some', async () => {
    const w = new ControlWorld();
    w.listed = [
      { case: inGrace(), rank: null },
      { case: aCase({ userName: 'undecided' }), rank: null },
      {
        case: {
          ...{ why: 'newer', reason: 'phase is "odd"', account: '123456789012', userId: 'AIDAX' },
          ...{ userName: null, number: null, keys: [] },
        } as const,
        rank: null,
      },
    ];
    const { code, out, err } = await ran(w, 'wind-down', ...WHY);
    expect([code, out.split('\n')]).toEqual([
      1,
      [`!  ci-deploy  ...${OLDER.slice(-4)} inactive, grace`, '!  AIDAX      cannot be read by this release'],
    ]);
    expect(err).toContain('Nothing was changed: these keys are inactive because of Solekey');
    const json = JSON.parse((await ran(w, 'wind-down', ...WHY, '--json')).out);
    expect(() => ENVELOPES['wind-down'].parse(json)).not.toThrow();
    expect([json.result.undecided, w.entries, w.content]).toEqual([1, [], null]);
  });

  it('pauses and revokes everybody with one entry, so that nobody is asked, and says what comes next', async () => {
    const w = new ControlWorld();
    w.listed = [{ case: aCase(), rank: null }];
    const { code, out, err } = await ran(w, 'wind-down', ...WHY);
    expect(code).toBe(0);
    expect(out).toContain('Nobody can decide now, and nobody gets a mail');
    expect(out).toContain('1 open case is left as they are, and nobody is asked');
    expect(w.content).toMatchObject({ pauses: [{ to: null }], revoked: ['sec-lead', 'platform-lead'] });
    expect(w.entries).toMatchObject([{ command: 'wind-down', about: { undecided: 1 } }]);
    expect(w.told.map(({ subject }) => subject)).toEqual(['[Solekey] 123456789012: wound Solekey down']);
    expect(err).toContain('evidence --from DAY --to 2026-11-23 --out last-pack.zip');
  });

  it('changes nothing a second time, and keeps who was revoked before', async () => {
    const w = new ControlWorld();
    await ran(w, 'revoke', 'platform-lead', ...WHY);
    await ran(w, 'wind-down', ...WHY);
    expect(w.content?.revoked).toEqual(['platform-lead', 'sec-lead']);
    const { out } = await ran(w, 'wind-down', ...WHY);
    expect([w.entries.length, out]).toEqual([2, expect.stringContaining('No case is open.')]);
    w.outputs = { TableName: 'T' };
    expect((await ran(w, 'wind-down', ...WHY)).err).toContain('has no output ApproverIds');
  });
});
