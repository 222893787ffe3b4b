import { expect, it } from 'vitest';
import { SUBJECT } from '../../../sandbox/story/mails.ts';
import { chooseToKeep, openPage, sendChecked, sendDecision } from '../../../sandbox/story/page.ts';
import { atDepth } from '../../depth.ts';
import { type Item, messageFor, PATIENCE_MS, type Stack, type Violator } from '../stack.ts';

const SEEDS = atDepth({ sample: 9, share: 15, all: 51 });
/** So many of them go on to a decision, which two passes at once carry out. */
const DECIDED = atDepth({ sample: 6, share: 6, all: 20 });
const SIDE_BY_SIDE = 3;

/** Small and repeatable: the same seed gives the same delays on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Two invocations of the deployed reconcile with the same message, begun up to 60 ms apart. */
async function twice(stack: Stack, body: string, random: () => number): Promise<void> {
  const later = async () => {
    await pause(60 * random());
    await stack.reconcile(body);
  };
  await Promise.all([stack.reconcile(body), later()]);
}

const wakeFor = (stack: Stack, { userId }: Violator): string =>
  JSON.stringify({ kind: 'user', account: stack.account, userId, look: 0 });

/** One case, and a history without gaps or doubles up to its version (the table allows no doubles: S10). */
function caseOf(items: readonly Item[]): Item {
  const cases = items.filter(({ sk }) => sk === 'CASE');
  expect(cases).toHaveLength(1);
  const [found] = cases;
  const history = items
    .filter(({ sk }) => String(sk).startsWith('HIST#'))
    .map(({ sk }) => Number(String(sk).slice(5)));
  expect(history).toEqual(Array.from({ length: Number(found?.version) }, (_, index) => index + 1));
  return found ?? {};
}

/** One seed's story: two passes find a violation; then, if wanted, two passes carry out a decision. */
export async function overlapOnce(
  stack: Stack,
  seed: number,
  { name = `overlap-${seed}`, decided = true } = {},
): Promise<void> {
  const random = randomFrom(seed);
  const { inbox, settings } = stack.launched;
  const violator = await stack.violator(name, 'unheard');
  await twice(stack, seed % 2 === 0 ? messageFor(violator.record) : wakeFor(stack, violator), random);

  const mails = await Promise.all(
    settings.approvers.map(({ email }) => inbox.waitFor({ recipient: email, userName: name }, PATIENCE_MS)),
  );
  expect(caseOf(await stack.itemsOf(violator))).toMatchObject({ case: { number: 1, asking: 1 } });
  if (decided) {
    await decideOnce(stack, violator, mails[0]?.link ?? '', random);
  }
  for (const { email } of settings.approvers) {
    expect(inbox.mails({ recipient: email, userName: name }).map(({ subject }) => subject)).toEqual([
      expect.stringMatching(SUBJECT.question),
      ...(decided ? [expect.stringMatching(SUBJECT.switchedOff)] : []),
    ]);
  }
}

async function decideOnce(
  stack: Stack,
  violator: Violator,
  link: string,
  random: () => number,
): Promise<void> {
  const { inbox, settings, world } = stack.launched;
  const { userName: name } = violator;
  const [older, newer] = violator.keys;

  const page = await openPage(link);
  expect((await sendDecision(page, { keep: newer, off: [older] })).status).toBe(200);
  await twice(stack, wakeFor(stack, violator), random);
  await Promise.all(
    settings.approvers.map(({ email }) =>
      inbox.waitFor({ recipient: email, userName: name, subject: SUBJECT.switchedOff }, PATIENCE_MS),
    ),
  );

  expect(await stack.statusOf(violator)).toEqual({ [older]: 'Inactive', [newer]: 'Active' });
  const items = await stack.itemsOf(violator);
  expect(caseOf(items)).toMatchObject({ case: { number: 1, phase: 'grace' } });
  expect(items.filter(({ sk }) => String(sk).startsWith('DECIDED#'))).toHaveLength(1);
  const written = world.gateway.trail
    .records()
    .filter(
      ({ eventName, requestParameters }) =>
        eventName === 'UpdateAccessKey' && requestParameters?.userName === name,
    );
  expect(written.map(({ requestParameters }) => requestParameters?.accessKeyId)).toEqual([older]);
}

/** Overlapping passes: whatever their timing, what happens is what one pass would have done. */
export function overlap(stack: () => Stack): void {
  it(`two passes at once, ${SEEDS} times: one case, one mail for each, one change`, async () => {
    const { counts } = stack().launched.world.gateway;
    const refused = () => counts.count({ service: 'dynamodb', outcome: 'TransactionCanceledException' });
    const before = refused();
    for (let from = 1; from <= SEEDS; from += SIDE_BY_SIDE) {
      const seeds = Array.from({ length: SIDE_BY_SIDE }, (_, index) => from + index);
      await Promise.all(seeds.map((seed) => overlapOnce(stack(), seed, { decided: seed <= DECIDED })));
    }
    // Else no two passes met, and the seeds prove nothing.
    const met = refused() - before;
    process.stdout.write(
      `${met} transactions of ${SEEDS} overlapping pairs met another pass's, and were refused\n`,
    );
    expect(met).toBeGreaterThan(0);
  }, 240_000);

  it('twenty posts of two approvers and a due pass: exactly one decision', async () => {
    const { inbox, settings } = stack().launched;
    const violator = await stack().violator('contested', 'heard');
    const [older, newer] = violator.keys;
    const pages = await Promise.all(
      settings.approvers.map(async ({ email }) => {
        const { link } = await inbox.waitFor({ recipient: email, userName: violator.userName }, PATIENCE_MS);
        return openPage(link ?? '');
      }),
    );
    const [first, second] = pages;
    if (first === undefined || second === undefined) {
      throw new Error('there should be two approvers');
    }
    const choices = [
      [first, { keep: newer, off: [older] }],
      [second, { keep: older, off: [newer] }],
    ] as const;
    const checked = await Promise.all(
      choices.map(async ([page, choice]) => [await chooseToKeep(page, choice), choice] as const),
    );
    const posts = Array.from({ length: 10 }).flatMap(() =>
      checked.map(([page, choice]) => sendChecked(page, choice)),
    );
    const [answers] = await Promise.all([
      Promise.all(posts),
      stack().reconcile(wakeFor(stack(), violator)),
      stack().reconcile(wakeFor(stack(), violator)),
    ]);
    await inbox.waitFor({ userName: violator.userName, subject: SUBJECT.switchedOff }, PATIENCE_MS);
    const taken = answers.map(({ status }, index) => (status === 200 ? index % 2 : undefined));
    const winners = new Set(taken.filter((who) => who !== undefined));
    expect(winners.size).toBe(1);
    expect(answers.map(({ status }) => status).filter((status) => status !== 200 && status !== 409)).toEqual(
      [],
    );
    const [winner] = winners;
    const kept = winner === 0 ? newer : older;
    const off = winner === 0 ? older : newer;
    expect(await stack().statusOf(violator)).toEqual({ [kept]: 'Active', [off]: 'Inactive' });
    const items = await stack().itemsOf(violator);
    expect(items.filter(({ sk }) => String(sk).startsWith('DECIDED#'))).toHaveLength(1);
    const requests = (await stack().everything()).filter(
      ({ pk }) => pk === `DECISION#${stack().account}#${violator.userId}`,
    );
    expect(requests).toHaveLength(1);
  }, 120_000);
}
