import { askOf, toLeave } from '../../core/signoff/ask.ts';
import type { Clock, Log } from '../ports.ts';
import { type ReportReader, SignOffUnreadable } from '../report-ports.ts';
import type { SignOffKeeper, SignOffSender } from '../signoff-ports.ts';

/** The ports to have approvers asked for a sign-off. */
export interface TellSignOffWorld {
  readonly reports: Pick<ReportReader, 'signOff'>;
  readonly signOffs: SignOffKeeper;
  readonly signOffWakes: SignOffSender;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/**
 * Stores the state of sign-offs for health and for reconcile, which mails it, and wakes it while approvers are to be asked. Each hour
 * makes up for a message that was lost. Returns the problems, of which none may stop a survey.
 */
export async function tellSignOff(
  { reports, signOffs, signOffWakes, clock, log }: TellSignOffWorld,
  account: string,
): Promise<readonly string[]> {
  try {
    const file = await reports.signOff();
    if (file === null || file.account !== account) {
      return [];
    }
    const now = clock.now();
    const ask = askOf(file, now);
    const left = toLeave(ask, await signOffs.ask(account), now);
    if (left !== null) {
      await signOffs.keep(account, left);
    }
    if (ask.asked) {
      await signOffWakes.ask({ kind: 'sign-off', account });
    }
    return [];
  } catch (error) {
    log.error('Approvers could not be asked for a sign-off', { error });
    const why = error instanceof SignOffUnreadable ? ` ${error.message}` : '';
    return [`Approvers could not be asked for a sign-off.${why}`];
  }
}
