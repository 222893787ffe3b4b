import { isWhollyObserved } from '../model/only.ts';
import type { Approver, Policy } from '../model/policy.ts';
import { personName } from './phrases.ts';

/** The end of a digest: about Solekey itself, and about the link. */
export function digestFoot({
  recipient,
  policy,
  health,
}: {
  readonly recipient: Approver;
  readonly policy: Policy;
  readonly health: readonly string[];
}): string[] {
  const about = isWhollyObserved(policy)
    ? 'This link only shows these cases. You can forward it within your team.'
    : `This link is personal, ${personName(policy, recipient.id)}. Anything decided with it is recorded under your name. Do not forward it.`;
  return [
    health.join('\n'),
    `${about} Solekey never asks for a password or a secret key.`,
    'Do not click the unsubscribe link below: you would stop receiving these mails.',
  ];
}
