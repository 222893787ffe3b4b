/** The case shown in the pictures: a user with two active keys, opened and asked about by the product's own code. */
import { policyOf } from '../../functions/adapters/settings.ts';
import { encodePayload, linkPath, tokenOf } from '../../functions/contracts/link.ts';
import { parseSettings } from '../../functions/contracts/settings.ts';
import type { Case } from '../../functions/core/case/case.ts';
import { linkPurpose } from '../../functions/core/case/notices.ts';
import { addressMark, type NewCaseClaim } from '../../functions/core/case/requests.ts';
import type { About } from '../../functions/core/inventory/about.ts';
import { judge } from '../../functions/core/judge/judge.ts';
import { renderMail } from '../../functions/core/messages/mail.ts';
import { hmacSha256 } from '../../functions/core/model/digest.ts';
import type { ObservedKey } from '../../functions/core/model/observation.ts';
import { type Approver, type Policy, UNRESTRICTED } from '../../functions/core/model/policy.ts';
import { DAY, HOUR, type Instant, MINUTE, plus } from '../../functions/core/model/time.ts';
import { caseView } from '../../functions/core/page/case-view.ts';
import { evidenceFrom } from '../../functions/core/proposal/context.ts';
import type { KeyUsage } from '../../functions/core/usage/usage.ts';
import type { UserUsage } from '../../functions/core/usage/user-usage.ts';
import { shownReply } from '../../functions/web/answers.ts';

const NOW: Instant = '2026-11-23T16:10:00.000Z';
const ACCOUNT = '123456789012';
const USER = { userId: 'AIDACKCEVSQ6C2EXAMPLE', userName: 'ci-deploy', path: '/', tags: {} };
const PUBLIC_URL = 'https://keys.example.com';

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

/** The history in CloudTrail: a pipeline deploys with the newer key, and did so with the older one before. */
const USAGE: UserUsage = { at: NOW, keys: KEYS.map(({ id, lastUsed }) => usedByPipeline(id, lastUsed)) };

function usedByPipeline(keyId: string, lastUsed: ObservedKey['lastUsed']): KeyUsage {
  const at = lastUsed.kind === 'used' ? lastUsed.at : NOW;
  const families = ['ecs', 'sts'].map((service) => ({
    source: { kind: 'network' as const, network: '203.0.113.0/24' },
    agent: 'github-actions' as const,
    service,
    region: 'eu-west-1',
    first: plus(at, -DAY),
    last: at,
    count: 12,
    errors: 0,
    writes: service === 'ecs' ? 12 : 0,
  }));
  const regions = ['us-east-1', 'eu-west-1'];
  return { keyId, lookup: { kind: 'looked-up', at: NOW, back: plus(NOW, -90 * DAY), regions }, families };
}

/** The facts about the user as the survey of the same day found them. */
const ABOUT: About = {
  asOf: plus(NOW, -9 * HOUR),
  privilege: { kind: 'ordinary' },
  automation: { kind: 'automation', by: 'console-password' },
  reserved: { user: false, keys: [] },
};

function policy(): Policy {
  const parsed = parseSettings({
    region: 'us-east-1',
    accountName: 'prod-payments',
    mode: 'enforce',
    approvers: [{ id: 'sec-lead', name: 'Security lead', email: 'security@example.com' }],
  });
  if (!parsed.ok) {
    throw new Error(parsed.problems.join('\n'));
  }
  return policyOf(parsed.settings);
}

/** The case after the approvers were asked: opened in the first pass, and asked about after `notifyAfter`. */
function askedAbout(rules: Policy): Case {
  const passAt = (now: Instant, current: Case | null): Case => {
    const observed = { kind: 'user' as const, account: ACCOUNT, ...USER, keys: KEYS, at: now };
    const rest = { control: UNRESTRICTED, request: null, origin: null, evidence: {}, last: null };
    const judged = judge({ ...rest, now, policy: rules, current, observed, pass: 'picture', leaseFor: 90 });
    if (judged.next === null) {
      throw new Error('The pictures need a case, and this user has none.');
    }
    return judged.next;
  };
  return passAt(NOW, passAt(plus(NOW, -MINUTE - rules.notifyAfter), null));
}

/** The case with everything its mail and page need. */
interface Scene {
  readonly policy: Policy;
  readonly current: Case;
  readonly recipient: Approver;
  readonly claim: NewCaseClaim;
}

function scene(): Scene {
  const rules = policy();
  const current = askedAbout(rules);
  const [recipient] = rules.approvers;
  const purpose = linkPurpose('detected', current, rules);
  if (recipient === undefined || purpose === null) {
    throw new Error('The pictures need somebody who is asked.');
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
export function pictureMail(): { readonly to: string; readonly subject: string; readonly body: string } {
  const { policy: rules, current, recipient, claim } = scene();
  const payload = encodePayload(claim);
  const token = tokenOf(payload, Buffer.from(hmacSha256(Buffer.from('picture'), payload), 'hex'));
  const link = `${PUBLIC_URL}${linkPath(claim.purpose, token)}`;
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
  const { body } = shownReply({ kind: 'found', visitor, view, harmless: null, subscriptions: null }, { policy: rules, now: NOW });
  return String(await body);
}
