import type { Wished } from '../app/approve/request-link.ts';
import type { Visitor } from '../app/approve/show-case.ts';
import { casePage, pageOf } from './case-page.ts';
import { type Banner, bad } from './layout.ts';
import { refusedReply, settledReply } from './no-open-case.ts';
import { MAIL_LIMIT } from './renewal.ts';
import type { Reply, Setting } from './reply.ts';
import { NOTHING_CHANGED } from './unchanged.ts';
import { unreadReply } from './unread-case.ts';

/** The reply to the wish for another link. */
export function wishedReply(done: Wished, setting: Setting): Reply {
  if (done.kind === 'refused') {
    return refusedReply(done, null, setting);
  }
  if (done.kind === 'settled') {
    return settledReply(done, null, setting);
  }
  if (done.kind === 'unread') {
    return unreadReply(done, null, setting);
  }
  const { visitor } = done;
  const shown = pageOf(done, setting);
  switch (done.asked) {
    case 'asked':
    case 'asked-before':
      return { status: 200, body: casePage({ ...shown, banner: onItsWay(visitor, wished(done)) }) };
    case 'not-sent':
      return {
        status: 200,
        body: casePage({ ...shown, banner: bad('The mail could not be started', NOT_STARTED) }),
      };
    case 'not-permitted': {
      const lines = ['Please use the link in a mail.', NOTHING_CHANGED];
      return {
        status: 403,
        body: casePage({ ...shown, banner: bad('No link can be mailed with this one', lines) }),
      };
    }
  }
}

function wished({ wish, view }: Pick<Extract<Wished, { readonly kind: 'wished' }>, 'wish' | 'view'>): string {
  if (wish === 'view') {
    return 'It only shows this case, so you can hand it on.';
  }
  return view.state === 'confirm'
    ? 'It can only be used to confirm the deletion.'
    : 'You can use it to decide about this user.';
}

function onItsWay({ approver }: Visitor, what: string): Banner {
  const to = `It comes to the address of ${approver.name}, usually within a minute. ${what}`;
  return { tone: 'good', title: 'The link is being mailed', lines: [to, `${MAIL_LIMIT} ${NOTHING_CHANGED}`] };
}

const NOT_STARTED = [
  'Your request is recorded, but no mail comes yet. Press the button again in a minute.',
  NOTHING_CHANGED,
];
