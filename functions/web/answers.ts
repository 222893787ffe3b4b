import type { Answer, Recorded, TypedKeys } from '../app/record-decision.ts';
import type { Refused, Settled, Shown } from '../app/show-case.ts';
import { shortKey } from '../core/model.ts';
import type { Deletion, Policy } from '../core/policy.ts';
import type { MovedOn } from '../core/stale.ts';
import type { Instant } from '../core/time.ts';
import { casePage } from './case-page.ts';
import { NOTHING_PUT_IN, type PutIn } from './forms.ts';
import { type Banner, type Html, messagePage } from './layout.ts';
import { howClosed, keyList, keysWith, whatWasDecided, whyAskedAgain } from './sentences.ts';

/** A page with the status it is answered with. */
export interface Reply {
  status: 200 | 400 | 403 | 404 | 405 | 409 | 410 | 413 | 415 | 422 | 500;
  body: Html;
}

interface Setting {
  policy: Policy;
  now: Instant;
}

/** The answer to somebody who only looks. */
export function shownReply(shown: Shown, setting: Setting): Reply {
  if (shown.kind === 'refused') return refusedReply(shown);
  if (shown.kind === 'settled') return settledReply(shown);
  return { status: 200, body: casePage({ ...shown, ...setting }) };
}

/** The answer to somebody who answered. A refusal gives back what was put in and says that nothing was changed. */
export function recordedReply(done: Recorded, answer: Answer, setting: Setting): Reply {
  if (done.kind === 'refused') return refusedReply(done);
  if (done.kind === 'settled') return settledReply(done);
  const { visitor, view } = done;
  const shown = { visitor, view, ...setting };
  const putIn = putInOf(answer);
  switch (done.kind) {
    case 'recorded':
      return { status: 200, body: casePage({ ...shown, banner: thanks(done, setting.policy) }) };
    case 'taken': {
      const lines = [whatWasDecided(done.decided, setting.policy, visitor.approver.id), ...unchanged(answer)];
      return {
        status: 409,
        body: casePage({ ...shown, putIn, banner: bad('There was an answer already', lines) }),
      };
    }
    case 'stale': {
      // An acknowledgement was given for what was shown then; it is asked for again.
      const lines = [...movedLines(done.moved, setting.policy), ...unchanged(answer)];
      const banner = bad('This has changed since you opened the page', lines);
      return { status: 409, body: casePage({ ...shown, putIn: { ...putIn, inUse: false }, banner }) };
    }
    case 'wrong': {
      const lines = ['See the marked fields below.', NOTHING_CHANGED];
      const banner = bad('This cannot be recorded yet', lines);
      return { status: 422, body: casePage({ ...shown, putIn, mistakes: done.mistakes, banner }) };
    }
    case 'not-now':
      return {
        status: 409,
        body: casePage({ ...shown, putIn, banner: bad('This is not possible now', unchanged(answer)) }),
      };
    case 'wrong-purpose':
      return {
        status: 403,
        body: casePage({ ...shown, putIn, banner: bad('This link does not decide', unchanged(answer)) }),
      };
  }
}

const NOTHING_CHANGED = 'Nothing was changed by it.';

function bad(title: string, lines: readonly string[]): Banner {
  return { tone: 'bad', title, lines };
}

/** What was put in, in words, because the page that follows may have no form that could keep it. */
function unchanged(answer: Answer): string[] {
  const { text } = typedIn(answer);
  const keep = answer.kind === 'keep' && answer.keep !== null ? `keep ${shortKey(answer.keep)}; ` : '';
  return [`You had put in: ${keep}“${text}”. It was not recorded. ${NOTHING_CHANGED}`];
}

function putInOf(answer: Answer): PutIn {
  switch (answer.kind) {
    case 'keep':
      return { ...NOTHING_PUT_IN, keep: answer.keep, off: answer.off.text, inUse: answer.inUse };
    case 'restore':
      return { ...NOTHING_PUT_IN, back: answer.back.text };
    case 'confirm':
      return { ...NOTHING_PUT_IN, remove: answer.remove.text };
  }
}

/** What stood in the one text box that every form has. */
function typedIn(answer: Answer): TypedKeys {
  switch (answer.kind) {
    case 'keep':
      return answer.off;
    case 'restore':
      return answer.back;
    case 'confirm':
      return answer.remove;
  }
}

function movedLines({ recognised, changes, because }: MovedOn, policy: Policy): string[] {
  const asked =
    because === null ? [] : [`The question was put anew since then. ${whyAskedAgain(because, policy)}`];
  if (!recognised) return ['It is no longer on record what that page showed.', ...asked];
  if (changes.length === 0 && asked.length === 0)
    return ['The keys are the same, but the question was put anew since then.'];
  return [...changes, ...asked];
}

function thanks(done: Extract<Recorded, { kind: 'recorded' }>, policy: Policy): Banner {
  const { decided, view, visitor, again, sent } = done;
  const said = whatWasDecided(decided, policy, visitor.approver.id);
  if (again && view.decided?.at !== decided.at && view.state !== 'restoring') {
    const lines = [said, 'This second time changed nothing. Below is how things are now.'];
    return { tone: 'plain', title: 'You had answered this already', lines };
  }
  return { tone: 'good', title: said, lines: [...nextLines(done), ...(sent ? [] : [NOT_SENT])] };
}

const NOT_SENT =
  'It is recorded, but the message that starts the work could not be sent. Send the same once more to start it now; otherwise it starts with the next regular look.';

const AFTER_GRACE: Record<Deletion, string> = {
  'after-grace': 'After the grace period comes the deletion, and a mail says so before.',
  'on-confirmation': 'After the grace period somebody is asked to confirm the deletion.',
  never: 'No key is deleted in this account.',
};

function nextLines({ decided, view }: Extract<Recorded, { kind: 'recorded' }>): string[] {
  const { ask } = decided;
  const unless = 'If the keys are changed in IAM in the meantime, nothing happens and you are asked again.';
  if (ask.kind === 'restore') {
    return [
      `${keysWith(ask.keys, 'is', 'are')} being switched on again, usually within a minute. Then the question is put anew.`,
    ];
  }
  if (ask.kind === 'confirm') {
    return [
      view.paused
        ? `${keysWith(ask.keys, 'is', 'are')} deleted when the pause is over, and a mail says so before. Until then this page brings keys back.`
        : `${keysWith(ask.keys, 'is', 'are')} being deleted, which takes a few minutes: we look twice before, to see that nothing was switched on.`,
      unless,
    ];
  }
  const active = ask.off.filter((id) => view.active.some((key) => key.id === id));
  if (active.length === 0)
    return [`${keysWith(ask.off, 'stays', 'stay')} off. ${AFTER_GRACE[view.deletion]}`, unless];
  if (view.paused) return [`${keyList(active)} will be switched off when the pause is over. ${unless}`];
  return [`${keysWith(active, 'is', 'are')} being switched off, usually within a minute. ${unless}`];
}

/** Says as little as possible to whoever has no valid link. */
function refusedReply({ why }: Refused): Reply {
  switch (why) {
    case 'not-ours':
      return {
        status: 404,
        body: messagePage('This link leads nowhere', [
          'Perhaps a part of it was lost on the way: please copy it as a whole from the mail.',
          'Nothing was changed.',
        ]),
      };
    case 'expired':
      return {
        status: 410,
        body: messagePage('This link has ended', [
          'Please use the one in the latest mail about this user. Nothing was changed.',
        ]),
      };
    case 'not-yours':
      return {
        status: 403,
        body: messagePage('This link does not count any more', [
          'The person it was mailed to is not an approver at this address now. Nothing was changed.',
        ]),
      };
  }
}

function settledReply({ known }: Settled): Reply {
  const lines = [
    howClosed(known?.closedAs ?? null),
    'There is nothing left to do, and nothing was changed just now.',
  ];
  return { status: 200, body: messagePage('This is settled already', lines) };
}
