import { onlyObserves } from '../model/only.ts';
import { howWritten } from '../words/how-written.ts';
import { listInMail } from './commands.ts';
import type { NoticeContext } from './context.ts';
import { ascii, lines, prose } from './layout.ts';
import { personName } from './phrases.ts';

/**
 * The body of a mail in plain ASCII, with its foot. Empty paragraphs are left out. `hasPage`: the mail has a link, so the
 * reader can compare names with those on the page.
 */
export function bodyOf(paragraphs: readonly string[], foot: readonly string[], hasPage: boolean): string {
  const written = prose(...howWritten([...paragraphs, ...foot].join('\n'), hasPage));
  const all = [...paragraphs, written, ...foot].filter((text) => text !== '');
  return `${ascii(all.join('\n\n'))}\n`;
}

/** How to check what a mail says without its link, or without Solekey if it has none. */
export function checkWithout(
  { account, userName }: Pick<NoticeContext['current'], 'account' | 'userName'>,
  hasLink: boolean,
): string {
  return lines(
    `To check in account ${account} without ${hasLink ? 'the link' : 'Solekey'}:`,
    listInMail(userName),
  );
}

/** The foot of a mail: how to trust it, and how to check without it. */
export function foot({
  link,
  recipient,
  current,
  policy,
}: Pick<NoticeContext, 'link' | 'recipient' | 'current' | 'policy'>): string[] {
  const about = onlyObserves(policy, current)
    ? ['This link only shows this case.', 'You can forward it within your team.']
    : [
        `This link is personal, ${personName(policy, recipient.id)}.`,
        'Anything done with it is recorded under your name; do not forward it.',
      ];
  const yours = prose(...about, 'Solekey never asks for a password or a secret key.');
  return [
    link === null ? '' : yours,
    checkWithout(current, link !== null),
    'Do not click the unsubscribe link below: you would stop receiving these mails.',
  ];
}
