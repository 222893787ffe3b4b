/** Many answers that are not carried out at once: whoever gave them is told of each, at the pace of all mails. */
import { describe, expect, it } from 'vitest';
import { addressMark } from '../../../functions/core/case/requests.ts';
import { DAY, HOUR, type Instant, secondsBetween } from '../../../functions/core/model/time.ts';
import { NOW, OLDER, POLICY } from '../../fakes/cases.ts';
import {
  type Account,
  accountOf,
  byAddress,
  decide,
  expectPace,
  idOf,
  isDigest,
  keyOf,
  names,
} from './account.ts';

const COUNT = 300;
const LEAD = addressMark(POLICY.approvers[0]?.email ?? '');

/** When the lead first got a mail that says of this user that the answer was not carried out; empty if never. */
function namedAt({ sent }: Account, n: number): Instant {
  const line = new RegExp(`^- user-${n}, your decision of .*: .{10}`, 'm');
  const single = new RegExp(`/user-${n}: your answer was not carried out|IAM user user-${n} `);
  const says = ({ body, subject }: (typeof sent)[number]) =>
    line.test(body) || (single.test(`${subject}\n${body}`) && body.includes('was not carried out: '));
  return sent.find((mail) => mail.address === LEAD && says(mail))?.at ?? '';
}

const owed = ({ m }: Account) =>
  Array.from({ length: COUNT }, (_, n) => m.caseOf(idOf(n))?.dropped ?? [])
    .flat()
    .filter((one) => one.owed);

/** Everybody is asked, the lead answers everything, and nothing is carried out before `change` has happened. */
async function answered(change: (account: Account) => void): Promise<{ account: Account; at: Instant }> {
  const account = accountOf(COUNT, {}, 60);
  account.arrive(names(COUNT), { pool: true });
  await account.pass(HOUR);
  await decide(account, [...Array(COUNT).keys()]);
  change(account);
  const at = account.now();
  account.arrive(names(COUNT));
  return { account, at };
}

/** A third key appears at each user, so the answer is about other keys. */
const oneMoreKey = ({ m }: Account) => {
  for (const { keys } of m.iam.users.values()) {
    const [first] = keys;
    if (first !== undefined) {
      keys.push({ ...first, id: first.id.replace('EXAMPLE', 'EXTRAXX'), created: NOW });
    }
  }
};

/** The owners settled it: each case closes. */
const settledByOwner = ({ m }: Account) => {
  for (const [n, { keys }] of [...m.iam.users.values()].entries()) {
    const old = keys.find(({ id }) => id === keyOf(OLDER, n));
    if (old !== undefined) {
      old.status = 'Inactive';
    }
  }
};

describe('three hundred answers that are not carried out', () => {
  it.each([
    ['because the keys changed', oneMoreKey],
    ['because the owners were faster', settledByOwner],
    ['because Solekey only observes now', (account: Account) => account.deploy({ mode: 'observe' })],
  ] as const)('%s: each is told within a day', async (_, change) => {
    const { account, at } = await answered(change);
    await account.pass(HOUR + DAY);
    expectPace(account.sent, 'ordinary');
    const late = Array.from({ length: COUNT }, (_none, n) => namedAt(account, n)).filter(
      (named) => named === '' || secondsBetween(at, named) > DAY,
    );
    expect(late).toEqual([]);
    expect(owed(account)).toEqual([]);
    const after = byAddress(account.sent.filter((mail) => mail.at > at));
    // Three one by one in each hour at most, and the digest in its three parts.
    expect(after.every((mails) => mails.length <= 12)).toBe(true);
    expect(account.sent.some((mail) => isDigest(mail) && mail.subject.endsWith('(3 of 3)'))).toBe(true);
  });

  it('are told once, though SNS is away for the second part', async () => {
    const { account } = await answered(oneMoreKey);
    let failures = 1;
    account.sns.refuses = ({ address, subject }) =>
      address === LEAD && subject.endsWith('(2 of 3)') && failures-- > 0;
    await account.pass(HOUR + DAY);
    expect(failures).toBeLessThanOrEqual(0);
    expect(owed(account)).toEqual([]);
    const lines = account.sent.flatMap(({ body }) => body.match(/^- user-\d+, your decision of /gm) ?? []);
    expect(lines.length).toBe(new Set(lines).size);
  });
});
