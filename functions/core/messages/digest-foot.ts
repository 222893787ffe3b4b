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
  const used = isWhollyObserved(policy)
    ? 'It shows these cases and does nothing else.'
    : 'Anything decided with it is recorded under your name.';
  return [
    health.join('\n'),
    `This link is personal, ${personName(policy, recipient.id)}. ${used} Do not forward it. Solekey never asks for a password or a secret key.`,
    'Do not click the unsubscribe link below: you would stop receiving these mails.',
  ];
}
