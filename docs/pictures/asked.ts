/** Cases as the pictures show them: opened and asked about by the product's own code. */
import { policyOf } from '../../functions/adapters/settings.ts';
import { encodePayload, linkPath, tokenOf } from '../../functions/contracts/link.ts';
import { parseSettings } from '../../functions/contracts/settings.ts';
import type { Case } from '../../functions/core/case/case.ts';
import type { NewClaim } from '../../functions/core/case/requests.ts';
import type { About } from '../../functions/core/inventory/about.ts';
import { judge } from '../../functions/core/judge/judge.ts';
import { hmacSha256 } from '../../functions/core/model/digest.ts';
import type { ObservedKey } from '../../functions/core/model/observation.ts';
import { type Approver, type Policy, UNRESTRICTED } from '../../functions/core/model/policy.ts';
import { DAY, HOUR, type Instant, MINUTE, plus } from '../../functions/core/model/time.ts';
import type { KeyUsage } from '../../functions/core/usage/usage.ts';

export const NOW: Instant = '2026-11-23T16:10:00.000Z';
export const ACCOUNT = '123456789012';
const PUBLIC_URL = 'https://keys.example.com';

/** A user of the pictures. */
export interface PictureUser {
  readonly userId: string;
  readonly userName: string;
}

/** The facts about a user as the survey of the same day found them. */
export const ABOUT: About = {
  asOf: plus(NOW, -9 * HOUR),
  privilege: { kind: 'ordinary' },
  automation: { kind: 'automation', by: 'console-password' },
  reserved: { user: false, keys: [] },
};

/** The settings of the pictures, and the one who is asked. */
export function picturePolicy(): { readonly policy: Policy; readonly recipient: Approver } {
  const parsed = parseSettings({
    region: 'us-east-1',
    accountName: 'prod-payments',
    mode: 'enforce',
    approvers: [{ id: 'sec-lead', name: 'Security lead', email: 'security@example.com' }],
  });
  if (!parsed.ok) {
    throw new Error(parsed.problems.join('\n'));
  }
  const policy = policyOf(parsed.settings);
  const [recipient] = policy.approvers;
  if (recipient === undefined) {
    throw new Error('The pictures need somebody who is asked.');
  }
  return { policy, recipient };
}

/** The history in CloudTrail: a pipeline deploys with the newer key, and did so with the older one before. */
export function usedByPipeline(keyId: string, lastUsed: ObservedKey['lastUsed']): KeyUsage {
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

/** The case after the approvers were asked: opened in the first pass, and asked about after `notifyAfter`. */
export function askedAbout(policy: Policy, user: PictureUser, keys: readonly ObservedKey[]): Case {
  const passAt = (now: Instant, current: Case | null): Case => {
    const about = { account: ACCOUNT, path: '/', tags: {}, ...user };
    const observed = { kind: 'user' as const, ...about, keys, at: now };
    const rest = { control: UNRESTRICTED, request: null, origin: null, evidence: {}, last: null };
    const judged = judge({ ...rest, now, policy, current, observed, pass: 'picture', leaseFor: 90 });
    if (judged.next === null) {
      throw new Error('The pictures need a case, and this user has none.');
    }
    return judged.next;
  };
  return passAt(NOW, passAt(plus(NOW, -MINUTE - policy.notifyAfter), null));
}

/** The token of a link, which is not signed with a real key. */
export function pictureToken(claim: NewClaim): string {
  const payload = encodePayload(claim);
  return tokenOf(payload, Buffer.from(hmacSha256(Buffer.from('picture'), payload), 'hex'));
}

/** The link with such a token. */
export function pictureLink(claim: NewClaim): string {
  return `${PUBLIC_URL}${linkPath(claim.purpose, pictureToken(claim))}`;
}
