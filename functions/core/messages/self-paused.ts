import type { SelfPause } from '../model/control.ts';
import type { Policy } from '../model/policy.ts';
import { howWritten } from '../words/how-written.ts';
import { selfPauseSentence } from '../words/self-pause.ts';
import { unlinked } from '../words/unlinked.ts';
import { printable } from '../words/words.ts';
import { LONGEST } from './subject.ts';

/** The command that ends a pause, as typed. */
const RESUME = "npm run control -- resume --reason '...'";

/** The mail to operators that Solekey paused itself. `entry`: the number of the entry in the ledger. It never has a link. */
export function renderSelfPaused(
  { accountName, digest: { zone } }: Pick<Policy, 'accountName' | 'digest'>,
  { account, entry, pause }: { readonly account: string; readonly entry: number; readonly pause: SelfPause },
): { readonly subject: string; readonly body: string } {
  const plain = printable(accountName, 40);
  const parts = [
    `${unlinked(selfPauseSentence(pause, zone))} Account: ${unlinked(plain)} (${account}).`,
    'No key is deactivated or deleted until someone resumes it. Questions, mails and reactivations continue.',
    'Find the cause first: section "Solekey paused itself" of the operating guide. Then resume:',
    RESUME,
    `Entry ${entry} of the ledger. To see what is in force: npm run control -- status`,
  ];
  const written = howWritten(parts.join('\n'), false);
  return {
    subject: printable(`[Solekey] ${plain}: Solekey paused itself`, LONGEST),
    body: `${[...parts, ...written].join('\n\n')}\n`,
  };
}
