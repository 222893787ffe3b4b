import { type Case, isOpen } from '../case/case.ts';
import type { NewExposure } from '../case/exposure.ts';
import { activeKeys } from '../model/compliance.ts';
import type { ObservedKey } from '../model/observation.ts';
import type { Policy } from '../model/policy.ts';
import { activeCount, STATUS } from '../words/status.ts';
import { MAIL } from '../words/style.ts';
import { bodyOf, checkWithout } from './foot.ts';
import { lines, prose } from './layout.ts';
import { accountIn, user } from './phrases.ts';
import { subjectAbout } from './subject.ts';

/** The user whose key AWS called exposed, as a pass left them. */
export interface ExposedUser {
  readonly userName: string;
  /** The keys as observed; null if IAM gave no answer, or no such user is visible. */
  readonly keys: readonly ObservedKey[] | null;
  /** The open or latest case; null if there is none, or if it cannot be read. */
  readonly current: Case | null;
}

/** The data for a mail to operators about an exposed key. */
export interface ExposedContext {
  readonly account: string;
  readonly exposure: NewExposure;
  /** Null: the key belongs to no IAM user that can be seen. */
  readonly about: ExposedUser | null;
  readonly policy: Policy;
}

/**
 * The mail to operators that AWS called a key exposed where no question to approvers says so: most users have one key, and so
 * no case. It contains no link.
 */
export function renderExposedKey(context: ExposedContext): {
  readonly subject: string;
  readonly body: string;
} {
  const { account, about, policy } = context;
  const userName = about?.userName ?? 'no IAM user';
  const paragraphs =
    about === null
      ? [prose(`Urgent: ${said(context, 'a key')}.`, NOBODYS), checkUse(context)]
      : [
          prose(`Urgent: ${said(context, `a key of IAM user ${user(about)}`)}.`),
          keyLines(about),
          prose(...next(about), checkUse(context)),
        ];
  const foot = about === null ? [] : [checkWithout({ account, userName: about.userName }, false)];
  return {
    subject: subjectAbout({ userName }, policy, 'URGENT, exposed key'),
    body: bodyOf(paragraphs, foot, false),
  };
}

const NOBODYS =
  "No IAM user that Solekey can see has it: it was deleted, it is temporary, or it is the root user's. To be sure, sign in as root and look under security credentials.";

function said({ exposure, policy }: ExposedContext, whose: string): string {
  const where = `in ${accountIn(policy)}`;
  return exposure.kind === 'key'
    ? `AWS Health reports ${whose} ${where} as exposed: ${MAIL.key(exposure.keyId)}`
    : `AWS quarantined the user of ${whose} ${where}, because a key is exposed. The AWS Health Dashboard may name it`;
}

/** `ACTIVE ...3QXK`, a line each. */
function keyLines({ keys }: ExposedUser): string {
  return lines(...(keys ?? []).map(({ id, status }) => `${STATUS[status].toUpperCase()} ${MAIL.key(id)}`));
}

/** Sentences about the part of Solekey, and the next step of the reader. */
function next({ keys, current }: ExposedUser): string[] {
  const solekey = isOpen(current)
    ? 'The open case of this user does not ask about it now, and goes on as decided.'
    : keys === null
      ? 'Solekey could not read the keys of this user.'
      : `The user has ${activeCount(keys)}, so Solekey asks nobody and changes nothing.`;
  return keys !== null && activeKeys(keys).length === 0 ? [solekey] : [solekey, REPLACE];
}

const REPLACE = 'Create a new key, move everything to it, then deactivate the exposed one in IAM.';

function checkUse({ exposure }: ExposedContext): string {
  return `Check in CloudTrail what was done with ${exposure.kind === 'key' ? MAIL.key(exposure.keyId) : 'these keys'}.`;
}
