import { describe, expect, it } from 'vitest';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import { askOf } from '../../../functions/core/signoff/ask.ts';
import { statementReason } from '../../../functions/core/signoff/entry.ts';
import type { Said } from '../../../functions/core/signoff/statement.ts';
import { NOW, POLICY } from '../../fakes/cases.ts';
import { ControlWorld, ran } from '../../fakes/control-world.ts';
import { aSignOffFile } from '../../fakes/sign-offs.ts';
import { aConcern, aSignOff, aStatement, settling } from '../../fakes/statements.ts';

describe('status', () => {
  it('says who signed off last, and how many concerns are open, once there is something', async () => {
    const w = new ControlWorld();
    w.content = { pauses: [], revoked: [] };
    expect((await ran(w, 'status')).out).not.toContain('signed off');
    const [by] = POLICY.approvers;
    const said: Said[] = [aConcern(), aConcern({ userName: 'etl' }), settling(1)];
    for (const one of [...said, aSignOff({ verdict: 'accepted-with-concerns', concerns: [2] })]) {
      await w
        .world()
        .control.note(statementReason(aStatement({ said: one }), by as NonNullable<typeof by>, NOW));
    }
    const { out } = await ran(w, 'status');
    expect(out).toContain(
      'Last sign-off: accepted with open concerns by sec-lead on 23 Nov 2026. Open concerns: 1.',
    );
    const json = JSON.parse((await ran(w, 'status', '--json')).out);
    expect(json.result.signOff).toEqual({
      last: { entry: 4, at: NOW, by: 'sec-lead', verdict: 'accepted-with-concerns' },
      openConcerns: 1,
      open: [
        {
          entry: 2,
          at: NOW,
          by: 'sec-lead',
          userName: 'etl',
          keyEnd: '3QXK',
          target: '2026-12-24',
          overdue: false,
        },
      ],
      next: null,
    });
    expect(out).toContain('Concern 2: etl, key ...3QXK, by sec-lead, target date 24 Dec 2026.');
    expect(out).toContain('The date of the next sign-off is not known yet');
  });

  it('says when the next sign-off is due, and if it is overdue, as the survey left it', async () => {
    const w = new ControlWorld();
    w.content = { pauses: [], revoked: [] };
    const left = { ...askOf(aSignOffFile(), NOW), leftAt: plus(NOW, -HOUR) };
    w.signOff = left;
    expect((await ran(w, 'status')).out).toContain('The next sign-off is planned for 30 Nov 2026.');
    w.signOff = { ...left, due: plus(NOW, -14 * DAY), leftAt: plus(NOW, -3 * DAY) };
    const { out } = await ran(w, 'status');
    expect(out).toContain(
      'The changes have been waiting for a sign-off since 9 Nov 2026. That was known at 20 Nov 2026, 16:10 UTC; the survey has stored nothing newer.',
    );
    const { next } = JSON.parse((await ran(w, 'status', '--json')).out).result.signOff;
    expect(next).toEqual({ due: plus(NOW, -14 * DAY), overdue: true, asOf: plus(NOW, -3 * DAY) });
  });

  it('names the concern that the last entry of the ledger is about', async () => {
    const w = new ControlWorld();
    w.content = { pauses: [], revoked: [] };
    const [by] = POLICY.approvers;
    const states = (said: Said) =>
      w.world().control.note(statementReason(aStatement({ said }), by as NonNullable<typeof by>, NOW));
    await states(aConcern({ target: '2026-11-20' }));
    const { out } = await ran(w, 'status');
    expect(out).toContain('concern (ci-deploy, key ...3QXK), by approver sec-lead, "concern"');
    expect(out).toContain('target date 20 Nov 2026, which is past.');
    await states(settling(1));
    const { ledger } = JSON.parse((await ran(w, 'status', '--json')).out).result;
    expect(ledger.last).toMatchObject({
      command: 'concern-settled',
      concern: { userName: 'ci-deploy', keyEnd: '3QXK' },
    });
  });
});
