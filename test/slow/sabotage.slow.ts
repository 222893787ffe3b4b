import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CHECKS, type Check, NOT_CHECKED_HEADING } from '../../functions/core/health/checks.ts';
import { unlinked } from '../../functions/core/words/unlinked.ts';
import { SHORT_SETTINGS } from '../../sandbox/launch/settings.ts';
import { Account, type Told } from './sabotage/account.ts';
import { DENIALS, deny } from './sabotage/denials.ts';
import { SABOTAGES } from './sabotage/table.ts';

const NAME = `[Solekey] ${SHORT_SETTINGS.accountName}`;
const OPERATING_GUIDE = readFileSync('docs/operate.md', 'utf8');
const ALL = Object.keys(CHECKS) as Check[];

/** Each sabotage of the deployed account, one at a time: operators are told once when it begins and once when it ends. */
describe('deployed health', () => {
  let account: Account;

  beforeAll(async () => {
    account = await Account.open();
  });
  afterAll(async () => {
    await account?.close();
  });

  // What a test that failed left behind is told here, not in the next one.
  afterEach(({ task }) => (task.result?.state === 'fail' ? account.checkHealth() : undefined));

  const nothingNew = async () => {
    const { mails, began, ended } = await account.checkHealth();
    expect({ mails, began, ended }).toEqual({ mails: [], began: 0, ended: 0 });
  };
  const oneMail = ({ mails }: Told) => {
    const [mail, ...more] = mails;
    expect(more).toEqual([]);
    if (mail === undefined) {
      throw new Error('operators were not told');
    }
    expect(mail.body).not.toMatch(/https?:|AKIA/);
    return mail;
  };

  it('finds nothing before anything is broken', async () => {
    const { fine, checks } = await account.checkHealth();
    expect([fine, checks]).toEqual([ALL.length, ALL.length]);
    await nothingNew();
  });

  describe.each(ALL)('%s', (check) => {
    it.each(SABOTAGES[check].map((sabotage) => [sabotage.what, sabotage] as const))(
      '%s',
      async (_what, { apply, undo, says, heading = CHECKS[check].heading }) => {
        try {
          await apply(account);
          const began = oneMail(await account.checkHealth());
          expect(began.subject).toBe(`${NAME}: problem with ${CHECKS[check].subject}`);
          expect(began.body).toContain(says);
          expect(began.body).toContain(`section "${unlinked(heading)}" of the operating guide`);
          expect(OPERATING_GUIDE).toMatch(new RegExp(`^### \`?${heading}\`?$`, 'm'));
          await nothingNew();
        } finally {
          await undo(account);
        }
        const ended = oneMail(await account.checkHealth());
        expect(ended.subject).toBe(`${NAME}: problem with ${CHECKS[check].subject} has ended`);
        expect(ended.body).toContain(says);
      },
    );

    it('denied is said to be not checked', async () => {
      const denial = DENIALS[check];
      const unchecked = ALL.filter((one) => one === check || denial.also?.includes(one));
      try {
        deny(account, denial);
        const began = oneMail(await account.checkHealth());
        for (const one of unchecked) {
          const words = `Solekey could not check ${CHECKS[one].subject}: its permission is missing or denied.`;
          expect(began.body).toContain(
            `${words}\nWhat to do: section "${NOT_CHECKED_HEADING}" of the operating guide`,
          );
        }
        expect(began.body.match(/could not check/g)).toHaveLength(unchecked.length);
        await nothingNew();
      } finally {
        account.launched.world.gateway.faults.clear();
      }
      const ended = oneMail(await account.checkHealth());
      expect(ended.subject).toBe(
        unchecked.length === 1
          ? `${NAME}: ${CHECKS[check].subject}: checked again`
          : `${NAME}: ${unchecked.length} ended`,
      );
    });
  });

  it('finds nothing once everything is repaired', async () => {
    const { fine, checks } = await account.checkHealth();
    expect([fine, checks]).toEqual([ALL.length, ALL.length]);
  });
});
