import { type Case, isOpen } from '../../core/case/case.ts';
import type { NewExposure } from '../../core/case/exposure.ts';
import { isSuspicious } from '../../core/case/unexpected-creators.ts';
import { type ExposedUser, renderExposedKey } from '../../core/messages/exposed-key.ts';
import type { Policy } from '../../core/model/policy.ts';
import type { World } from './world.ts';

/**
 * Mails operators that AWS called a key exposed, unless a question to approvers says so at once. If SNS does not accept the mail,
 * this throws, so that the queue delivers the event again: nobody else would tell them.
 */
export async function tellExposed(
  { operators, policy, log }: Pick<World, 'operators' | 'policy' | 'log'>,
  account: string,
  exposure: NewExposure,
  about: ExposedUser | null,
): Promise<void> {
  log.count('ExposureReported');
  if (about !== null && asksAbout(about.current, policy)) {
    return;
  }
  await operators.send(renderExposedKey({ account, exposure, about, policy }));
}

/** True if the present question is about an exposed key, so that approvers are mailed. */
function asksAbout(current: Case | null, policy: Policy): boolean {
  return isOpen(current) && current.phase === 'awaiting-decision' && isSuspicious(current, policy);
}
