/** The case shown in the pictures: a user with two active keys, and the mail and page about it. */
import type { Case } from '../../functions/core/case/case.ts';
import { linkPurpose } from '../../functions/core/case/notices.ts';
import { addressMark, type NewCaseClaim } from '../../functions/core/case/requests.ts';
import { renderMail } from '../../functions/core/messages/mail.ts';
import type { ObservedKey } from '../../functions/core/model/observation.ts';
import { type Approver, type Policy, UNRESTRICTED } from '../../functions/core/model/policy.ts';
import { DAY, HOUR, plus } from '../../functions/core/model/time.ts';
import { caseView } from '../../functions/core/page/case-view.ts';
import { evidenceFrom } from '../../functions/core/proposal/context.ts';
import type { UserUsage } from '../../functions/core/usage/user-usage.ts';
import { shownReply } from '../../functions/web/answers.ts';
import { keysInOneLine } from '../../functions/web/whole-keys.ts';
import { ABOUT, ACCOUNT, askedAbout, NOW, pictureLink, picturePolicy, usedByPipeline } from './asked.ts';

const USER = { userId: 'AIDACKCEVSQ6C2EXAMPLE', userName: 'ci-deploy' };

const KEYS: readonly ObservedKey[] = [
  {
    id: 'AKIAIOSFODNN7EXAMPLE',
    status: 'Active',
    created: plus(NOW, -21 * DAY),
    lastUsed: { kind: 'used', at: plus(NOW, -2 * HOUR), service: 's3', region: 'eu-west-1' },
  },
  {
    id: 'AKIAI44QH8DHBEX13QXK',
    status: 'Active',
    created: plus(NOW, -600 * DAY),
    lastUsed: { kind: 'used', at: plus(NOW, -43 * DAY), service: 'sts', region: 'eu-west-1' },
  },
];

const USAGE: UserUsage = { at: NOW, keys: KEYS.map(({ id, lastUsed }) => usedByPipeline(id, lastUsed)) };

/** A mail as the product sends it. */
export interface PictureMail {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}

/** The case with everything its mail and page need. */
interface Scene {
  readonly policy: Policy;
  readonly current: Case;
  readonly recipient: Approver;
  readonly claim: NewCaseClaim;
}

function scene(): Scene {
  const { policy: rules, recipient } = picturePolicy();
  const current = askedAbout(rules, USER, KEYS);
  const purpose = linkPurpose('detected', current, rules);
  if (purpose === null) {
    throw new Error('The pictures need a mail with a link.');
  }
  const claim: NewCaseClaim = {
    scope: 'case',
    account: ACCOUNT,
    userId: USER.userId,
    caseNumber: current.number,
    recipient: recipient.id,
    address: addressMark(recipient.email),
    purpose,
    expires: plus(NOW, rules.linkValidity),
  };
  return { policy: rules, current, recipient, claim };
}

/** The mail that asks for a decision, as the product sends it. Its link is not signed with a real key. */
export function pictureMail(): PictureMail {
  const { policy: rules, current, recipient, claim } = scene();
  const link = pictureLink(claim);
  const about = {
    kind: 'detected' as const,
    current,
    policy: rules,
    control: UNRESTRICTED,
    evidence: evidenceFrom({ usage: USAGE, about: ABOUT }, rules),
    now: NOW,
  };
  return { to: recipient.email, ...renderMail({ ...about, recipient, link }) };
}

/** The page behind its link, as the product serves it. */
export async function picturePage(): Promise<string> {
  const { policy: rules, current, recipient, claim } = scene();
  const evidence = evidenceFrom({ usage: USAGE, about: ABOUT }, rules);
  const look = { now: NOW, policy: rules, control: UNRESTRICTED, evidence, request: null };
  const view = caseView(current, look);
  const { userId, number } = current;
  const visitor = { approver: recipient, claim, asked: { account: ACCOUNT, userId, number } };
  const { body } = shownReply(
    { kind: 'found', stored: null, visitor, view, harmless: null, subscriptions: null, comment: null },
    { policy: rules, now: NOW },
  );
  return keysInOneLine(String(await body));
}
