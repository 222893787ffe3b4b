/** What AWS Config is told depends on what a run reads beside the keys, for users whom it reads live and for all others. */
import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../../functions/core/model/time.ts';
import { anAbout } from '../../fakes/about.ts';
import { intoGrace, intoQuestion, trueKey, worldWith } from '../../fakes/acts.ts';
import { NEWER, OLDER, POLICY, USER_ID } from '../../fakes/cases.ts';
import { reachingAll, withConfig } from '../../fakes/rule.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

/** From a live reading while the case is newer than the credential report, from the report and the case later. */
const SOURCES = [
  ['live', 0],
  ['from the report', 5 * HOUR],
] as const;

describe.each(SOURCES)('%s', (_, waited) => {
  it('the confidence of a proposal is the one that evidence leaves', async () => {
    const { m } = worldWith([trueKey(NEWER, 300, 0.1), trueKey(OLDER, 600, 240)]);
    const { run, config } = withConfig(m);
    const annotation = () => config.shown.get(USER_ID)?.annotation;
    await intoQuestion(m);
    m.clock.move(waited);
    await run();
    expect(annotation()).toContain(' Proposal: keep ...MPLE (high).');
    m.table.abouts.set(USER_ID, anAbout({ reserved: { user: true, keys: [] } }));
    await run();
    expect(annotation()).toContain(' Proposal: keep ...MPLE (low).');
  });

  it('a deletion that cannot be announced waits for somebody who is reachable', async () => {
    const { m } = worldWith();
    const { run, config } = withConfig(m);
    const annotation = () => config.shown.get(USER_ID)?.annotation;
    await intoGrace(m);
    m.clock.move(waited);
    const { state } = m.table;
    state.subscriptions = null;
    await run();
    expect(annotation()).toMatch(
      / is inactive and will be deleted \d{4}-\d\d-\d\d\. Decided by Security lead /,
    );
    m.clock.move(8 * DAY - waited);
    await run();
    expect(annotation()).toContain(
      ' is inactive; deletion waits: nobody reachable. Decided by Security lead ',
    );
    state.subscriptions = reachingAll(POLICY, m.clock.now());
    await run();
    expect(annotation()).toContain(' is inactive and will be deleted ');
  });
});

describe('calls of AWS Config are scarce', () => {
  /** Runs the rule every hour for three days, and counts on how many evaluations of the user each day of UTC had. */
  async function threeDays(
    between: (m: MemoryWorld) => Promise<void>,
    prepare: (m: MemoryWorld) => Promise<void>,
  ) {
    const { m, user } = worldWith([trueKey(NEWER, 300, 0.1), trueKey(OLDER, 600, 240)]);
    const { run, config } = withConfig(m);
    await prepare(m);
    await run();
    const before = config.puts.length;
    for (let hour = 0; hour < 72; hour += 1) {
      m.clock.move(HOUR);
      m.table.state.subscriptions = reachingAll(POLICY, m.clock.now());
      await between(m);
      await run();
    }
    const days = config.puts
      .slice(before)
      .flatMap((one) => ('userId' in one && one.userId === user.userId ? [one.factsAt.slice(0, 10)] : []));
    return days;
  }

  it.each<[string, (m: MemoryWorld) => Promise<void>]>([
    ['that waits for a decision', intoQuestion],
    ['in its grace period', intoGrace],
  ])('a case %s costs none while nothing changes, however often the rule runs', async (_, prepare) => {
    expect(await threeDays(async () => undefined, prepare)).toEqual([]);
  });

  it('a key in use costs one a day', async () => {
    const days = await threeDays(async (m) => {
      const [used] = m.iam.users.get(USER_ID)?.keys ?? [];
      if (used !== undefined) {
        used.lastUsed = { kind: 'used', at: m.clock.now(), service: 's3', region: 'eu-west-1' };
      }
    }, intoQuestion);
    expect(days).toEqual([...new Set(days)]);
    expect(days).toHaveLength(3);
  });
});
