import { html } from 'hono/html';
import type { PostedAnswer, PostedChoice } from '../app/approve/posted-answer.ts';
import type { Unread } from '../app/approve/show-case.ts';
import { maybeOff } from '../core/case/unread.ts';
import { listCommand, switchOnById } from '../core/messages/commands.ts';
import { messagePage } from './layout.ts';
import { backToList } from './list/own-link.ts';
import type { Reply, Setting } from './reply.ts';
import { unchanged } from './unchanged.ts';

/** Placeholder in a command for a name that cannot be read. */
const ANY_NAME = '<name>';

/** The page of a case that this release leaves alone: why, what happens now, and how to undo without Solekey. */
export function unreadReply(
  { unread, visitor }: Unread,
  answer: PostedAnswer | PostedChoice | null,
  { policy, list }: Pick<Setting, 'policy' | 'list'>,
): Reply {
  const { why, reason, userName, userId, account } = unread;
  const name = userName ?? ANY_NAME;
  const off = maybeOff(unread);
  const lines = [
    `This is about the IAM user ${userName ?? `with the id ${userId}`} in ${policy.accountName} (${account}).`,
    why === 'newer' ? NEWER : BROKEN,
    `Not readable: ${reason}.`,
    'Until then Solekey changes no key of this user and sends no mail about them. It tries again every 15 minutes, and an alarm tells its operators.',
    ...(answer === null ? [] : unchanged(answer)),
    ...(off.length === 0 ? [] : ['To reactivate a key by hand with the AWS CLI:']),
    ...off.map((keyId) => html`<code>${switchOnById(name, keyId)}</code>`),
    ...[backToList(list)].flatMap((link) => link ?? []),
  ];
  const title = `${userName ?? visitor.asked.userId}: this case cannot be read now`;
  return { status: answer === null ? 200 : 409, body: messagePage(title, lines, listCommand(name)) };
}

const NEWER =
  'A newer release of Solekey wrote this case, and the release that runs now cannot read all of it. Solekey continues when the newer release is deployed again.';

const BROKEN = 'The record of this case is damaged. Solekey continues when the record is repaired.';
