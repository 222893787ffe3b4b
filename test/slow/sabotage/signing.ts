import { signOffAskKey } from '../../../functions/contracts/sign-off-ask-item.ts';
import type { LeftSignOff } from '../../../functions/core/signoff/ask.ts';
import { type Account, ago } from './account.ts';
import type { Sabotages } from './sabotage.ts';

const DAYS = 24 * 60;

/** What the survey would leave if nobody were late. */
const fine = (): LeftSignOff => ({
  asked: false,
  due: ago(-30 * DAYS),
  changed: { since: null, users: 0, privileged: [], automation: [] },
  open: 0,
  overdue: 0,
  firstTarget: null,
  leftAt: ago(5),
});

const left = (more: () => Partial<LeftSignOff>) => ({
  apply: (account: Account) =>
    account.put({ ...signOffAskKey(account.stack.account), signOff: { ...fine(), ...more() } }),
  undo: (account: Account) => account.remove(signOffAskKey(account.stack.account)),
});

export const SIGN_OFF_SABOTAGES: Sabotages = [
  {
    what: 'nobody signs off for two weeks',
    says: 'and nobody has given it',
    ...left(() => ({ asked: true, due: ago(15 * DAYS) })),
  },
  {
    what: 'a concern stays open after its target date',
    says: 'A concern about the changes is still open',
    ...left(() => ({ open: 1, overdue: 1, firstTarget: ago(40 * DAYS).slice(0, 10) })),
  },
];
