import type { PostedAnswer, PostedChoice } from '../app/approve/posted-answer.ts';
import type { Refused, Settled } from '../app/approve/show-case.ts';
import type { LinkClaim } from '../core/case/requests.ts';
import { listCommand } from '../core/messages/commands.ts';
import { momentFromNow } from '../core/words/words.ts';
import { ANYBODY, type Html, messagePage } from './layout.ts';
import { backToList } from './list/own-link.ts';
import { howClosed, keysNow } from './reasons.ts';
import { renewalForm } from './renewal.ts';
import type { Reply, Setting } from './reply.ts';
import { NOTHING_CHANGED, unchanged } from './unchanged.ts';

/** The way on from an expired link, by its scope. A list link leads to no new one: the next digest has one anyway. */
const USE_LATEST = {
  case: 'Please use the link in the latest mail about this user',
  list: 'Please use the link in your latest digest',
  report: 'Please use the link in your latest digest, whose page mails a link to the report',
} as const satisfies Record<LinkClaim['scope'], string>;

const OR_ANEW = ', or have a new one mailed to the address to which this one was mailed.';

const NEXT_DIGEST = '. A digest comes at least once a week while a case waits for somebody.';

/** The people to ask, without names, because the holder of an old link may not work there any more. */
const NO_MAIL = 'If no mail comes, ask another approver, or whoever runs Solekey in your organisation.';

const NO_APPROVER = [
  'The person it was mailed to is no longer an approver with this address.',
  'Present approvers have links of their own, so what was asked here can still be answered. If you should be one of them, ask whoever runs Solekey in your organisation: they name the approvers, and can reinstate one.',
];

/** The reply to an invalid link. It says as little as possible, and repeats the person's input. */
export function refusedReply(
  refused: Refused<unknown>,
  answer: PostedAnswer | PostedChoice | null,
  setting: Pick<Setting, 'mailsLinks' | 'list'>,
): Reply {
  const scope = setting.list === undefined ? 'case' : 'list';
  return refusedLink(refused, scope, setting, answer === null ? [NOTHING_CHANGED] : unchanged(answer));
}

/** The reply to an invalid link of this scope, which ends with these lines. */
export function refusedLink(
  { why, renewal }: Refused<unknown>,
  scope: LinkClaim['scope'],
  { mailsLinks = false }: Pick<Setting, 'mailsLinks'>,
  last: readonly (string | Html)[],
): Reply {
  const renews = renewal !== undefined && mailsLinks;
  switch (why) {
    case 'not-ours':
      return {
        status: 404,
        body: messagePage('This link is not valid', [
          'Perhaps part of it is missing. Please copy the whole link from the mail.',
          ...last,
        ]),
      };
    case 'expired':
      return {
        status: 410,
        body: messagePage(
          'This link has expired',
          [`${USE_LATEST[scope]}${renews ? OR_ANEW : NEXT_DIGEST}`, NO_MAIL, ...last],
          ANYBODY,
          renews ? renewalForm() : null,
        ),
      };
    case 'not-yours':
      return {
        status: 403,
        body: messagePage('This link has been revoked', [...NO_APPROVER, ...last]),
      };
  }
}

/** The reply for a closed case: how it ended, if that is still recorded. */
export function settledReply(
  { current, visitor }: Settled,
  answer: PostedAnswer | PostedChoice | null,
  setting: Setting,
): Reply {
  const { policy, now, list } = setting;
  const back = backToList(list);
  const where = `in ${policy.accountName} (${visitor.claim.account})`;
  const last = [
    ...(answer === null
      ? ['There is nothing left to do. Nothing was changed just now.']
      : ['There is nothing left to do.', ...unchanged(answer)]),
    ...(back === null ? [] : [back]),
  ];
  const status = answer === null ? 200 : 409;
  if (current === null) {
    const lines = [
      `It was about the IAM user with the id ${visitor.asked.userId} ${where}.`,
      howClosed(current, policy),
    ];
    return { status, body: messagePage('This case is closed', [...lines, ...last]) };
  }
  const seen = `Seen in IAM on ${momentFromNow(current.keysSeenAt, now, policy.digest.zone)}: ${keysNow(current)}`;
  const lines = [
    `It was about the IAM user ${current.userName} ${where}.`,
    howClosed(current, policy),
    ...(current.closedAs === 'user-gone' ? [] : [seen]),
    ...last,
  ];
  const title = `${current.userName}: this case is closed`;
  return { status, body: messagePage(title, lines, listCommand(current.userName)) };
}
