import { MACHINES, type NoticeKind } from '../case/case.ts';
import { linkPurpose, offersRestore } from '../case/notices.ts';
import type { LinkPurpose } from '../case/requests.ts';
import { STATUS } from '../words/status.ts';
import { PLAIN } from '../words/style.ts';
import { unlinked } from '../words/unlinked.ts';
import { usedWords } from '../words/words.ts';
import type { NewsContext } from './context.ts';
import { place, user } from './phrases.ts';
import { subjectOf } from './subject.ts';

/**
 * The part of a message for machines that Amazon Q Developer in chat applications shows in a chat: its schema of custom
 * notifications, version 1.0. Every text is safe for a chat: no link and no mention comes of a name.
 */
export interface ChatMessage {
  readonly version: '1.0';
  readonly source: 'custom';
  /** The same for each copy of this notice. */
  readonly id: string;
  readonly content: {
    readonly textType: 'client-markdown';
    readonly title: string;
    readonly description: string;
    /** Absent if there is nothing to do. */
    readonly nextSteps?: readonly string[];
    readonly keywords: readonly string[];
  };
  readonly metadata: {
    /** One for each case, so that its messages are shown in one thread. */
    readonly threadId: string;
    readonly summary: string;
    readonly eventType: `solekey-${NoticeKind}`;
    readonly additionalContext: {
      readonly account: string;
      readonly userId: string;
      readonly case: string;
    };
  };
}

/** The next step for people, by the purpose of the link in the mail about the same. A chat gets no link. */
const NEXT_STEP = {
  decide: 'Each approver can decide from their own mail.',
  restore: 'Each approver can reactivate the key from their own mail.',
  delete: 'Each approver can confirm the deletion from their own mail.',
  view: 'Solekey only observes this account: it changes no key.',
} as const satisfies Record<LinkPurpose, string>;

/** The notice for a chat. */
export function chatMessage(context: NewsContext, urgent: boolean): ChatMessage {
  const { kind, current, policy, now } = context;
  const { account, userId, number } = current;
  const title = inert(subjectOf(context));
  const keys = current.keys.map(
    (key) => `${PLAIN.key(key.id)}: ${STATUS[key.status]}, ${usedWords(key, now, policy.digest.zone)}`,
  );
  const description = [`IAM user ${user(current)} in ${place(current, policy)}, keys as last seen:`, ...keys]
    .map(inert)
    .join('\n');
  const purpose = linkPurpose(kind, current, policy);
  const threadId = `solekey-${account}-${userId}-${number}`;
  return {
    version: '1.0',
    source: 'custom',
    id: `${threadId}-${kind}-${owedSince(context)}`,
    content: {
      textType: 'client-markdown',
      title,
      description,
      ...(purpose === null ? {} : { nextSteps: [NEXT_STEP[offersRestore(kind) ? 'restore' : purpose]] }),
      keywords: ['Solekey', kind, ...(urgent ? ['urgent'] : [])],
    },
    metadata: {
      threadId,
      summary: title,
      eventType: `solekey-${kind}`,
      additionalContext: { account, userId, case: String(number) },
    },
  };
}

/** When the notice became due, which a repeated message has in common with the first. */
function owedSince({ kind, current, now }: NewsContext): string {
  const notice = current.owed.find((one) => one.kind === kind && one.recipient === MACHINES);
  return notice?.since ?? now;
}

/**
 * A text in which a chat program finds no address, nobody to mention, and no markup: names of users may look like
 * domains, addresses or `@here`. A `_` stays: it makes no more than italics, and names need it.
 */
function inert(text: string): string {
  return unlinked(text)
    .replaceAll('[@]', '(at)')
    .replace(/[<>&`*~|]/g, '?');
}
