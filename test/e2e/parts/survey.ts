import { expect, it } from 'vitest';
import { PATIENCE_MS, type Stack } from '../stack.ts';

/** The hourly survey, with the bucket of the template, while CloudTrail is silent. */
export function survey(stack: () => Stack): void {
  const abouts = async () => (await stack().everything()).filter(({ sk }) => sk === 'ABOUT');

  it('takes an inventory that says what IAM says, and finds a violation of which no event came', async () => {
    const violator = await stack().violator('only-surveyed', 'unheard');
    expect(await stack().survey()).toMatchObject({ turns: [0, 1, 2, 3], inventory: { problems: [] } });
    await stack().launched.inbox.waitFor({ userName: 'only-surveyed' }, PATIENCE_MS);

    const truth = (await stack().truth()).map(({ userName, keys }) => [
      userName,
      keys.filter(({ status }) => status === 'Active').length,
      keys.length,
    ]);
    const rows = await stack().inventory();
    expect(rows.map(({ userName, activeKeys, keys }) => [userName, activeKeys, keys.length]).sort()).toEqual(
      truth.sort(),
    );
    const row = rows.find(({ userName }) => userName === 'only-surveyed');
    expect(row?.keys.map(({ id }) => id).sort()).toEqual([...violator.keys].sort());
    const about = await abouts();
    expect(about).toHaveLength(rows.length);
    expect(about.find(({ pk }) => String(pk).endsWith(`#${row?.userId}`))).toMatchObject({
      about: { privilege: { kind: 'ordinary' }, reserved: { user: false, keys: [] } },
      schema: 1,
    });
    const written = stack().launched.world.gateway.counts.calls({ service: 's3', action: 'PutObject' });
    expect(new Set(written.map(({ outcome }) => outcome))).toEqual(new Set(['ok']));
  });

  it('an hour later takes no other inventory, and goes on with the next turns', async () => {
    expect(await stack().survey()).toMatchObject({ turns: [4, 5, 6, 7], inventory: null });
    const puts = stack().launched.world.gateway.counts.calls({ service: 'dynamodb', action: 'PutItem' });
    const own = puts.filter(({ caller }) => caller === stack().output('EvaluateFunctionName'));
    expect(own).toHaveLength((await abouts()).length);
    const [turn] = await Promise.all(
      ['readings/turn-007.json'].map(async (key) => JSON.parse((await stack().stored(key)) ?? 'null')),
    );
    expect(turn).toMatchObject({ schema: 1, turn: 7 });
  });
}
