import { describe, expect, it } from 'vitest';
import { statementReason } from '../../../functions/core/signoff/entry.ts';
import type { Said } from '../../../functions/core/signoff/statement.ts';
import { NOW, POLICY } from '../../fakes/cases.ts';
import { ControlWorld, ran } from '../../fakes/control-world.ts';
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
      'The last report that was signed off was accepted with open concerns by sec-lead on 23 Nov 2026. Open concerns: 1.',
    );
    const json = JSON.parse((await ran(w, 'status', '--json')).out);
    expect(json.result.signOff).toEqual({
      last: { entry: 4, at: NOW, by: 'sec-lead', verdict: 'accepted-with-concerns' },
      openConcerns: 1,
    });
  });
});
