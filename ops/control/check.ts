/** `check`: has a user re-evaluated now. */
import { EXIT, type Outcome } from './outcome.ts';
import { USER_ID } from './show.ts';
import { Refused } from './trouble.ts';
import type { World } from './world.ts';

/** A name as IAM accepts it. */
const USER_NAME = /^[\w+=,.@-]{1,128}$/;

export async function check(world: World, user: string): Promise<Outcome<'check'>> {
  if (!USER_NAME.test(user)) {
    throw new Refused(
      'This cannot be the name of an IAM user. Give the name alone, without a path and without an ARN, or the UserId (AIDA...).',
    );
  }
  const whom = USER_ID.test(user) ? { userId: user } : { userName: user };
  await world.wakes.send([{ kind: 'user', account: world.deployed.account, ...whom, attempt: 0 }]);
  return {
    result: { user },
    lines: [`Solekey re-evaluates ${user} now. If IAM has no such user, nothing happens.`],
    notes: [`In a minute: npm run control -- show ${user}`],
    code: EXIT.done,
  };
}
