/** A mail has exactly one link, ours, whatever other people chose as names: every kind of mail, read as mail programs read it. */
import { describe, expect, it } from 'vitest';
import type { Case, NoticeKind } from '../../../functions/core/case/case.ts';
import { digestOf } from '../../../functions/core/channel/digest.ts';
import type { CaseLinkWhy } from '../../../functions/core/channel/link-request.ts';
import type { Dues } from '../../../functions/core/channel/pace.ts';
import type { Check, Finding } from '../../../functions/core/health/checks.ts';
import { digestLines } from '../../../functions/core/health/digest-lines.ts';
import { JUDGES } from '../../../functions/core/health/judge.ts';
import type { Readings } from '../../../functions/core/health/readings.ts';
import type { OpenFinding } from '../../../functions/core/health/state.ts';
import { healthMail } from '../../../functions/core/health/words.ts';
import type { NoticeContext } from '../../../functions/core/messages/context.ts';
import { digestParts, renderDigest } from '../../../functions/core/messages/digest.ts';
import { renderReason } from '../../../functions/core/messages/dropped.ts';
import { renderForOperators } from '../../../functions/core/messages/for-operators.ts';
import { renderLinkMail } from '../../../functions/core/messages/link-mail.ts';
import { renderMail } from '../../../functions/core/messages/mail.ts';
import { renderReportLink } from '../../../functions/core/messages/report-link-mail.ts';
import type { LastUsed } from '../../../functions/core/model/observation.ts';
import type { Policy } from '../../../functions/core/model/policy.ts';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import type { Evidence } from '../../../functions/core/proposal/context.ts';
import { administrator, anAbout } from '../../fakes/about.ts';
import {
  ACCOUNT,
  aCase,
  aDecision,
  aDrop,
  inGrace,
  NEWER,
  NOW,
  OLDER,
  POLICY,
  THIRD,
} from '../../fakes/cases.ts';
import { EXPECTED, EXPOSURES, healthy, OPERATOR, subscription, WATCHED } from '../../fakes/health.ts';
import { LINK_NAMES, linksIn } from '../../fakes/linkifier.ts';
import { family, usage } from '../../fakes/usage.ts';
import { LINK, VARIANTS } from './mail-variants.ts';

const EACH = Object.entries(VARIANTS);
const LIST = 'https://keys.example.com/l/v2NBbiwh9jQGGvRLmBkYDrX2Ys0PqTIWgh3';

/** Text between two characters with a dot in it, which some mail program may take for a domain. */
const DOTTED = /[A-Za-z0-9]\.[A-Za-z0-9]/;

/** Everything that makes a mail dangerous or not readable, in words; empty for a good mail. */
function wrongs(body: string, links: readonly string[]): string[] {
  const found = linksIn(body);
  const rest = links.reduce((text, link) => text.replace(link, ''), body);
  const explained = /^\[(?:\.|@|\/\/)\] stands for .*becomes a link\./m;
  return [
    ...(JSON.stringify(found) === JSON.stringify(links) ? [] : [`links: ${found.join(' ')}`]),
    ...(DOTTED.test(rest) ? [`a dot: ${DOTTED.exec(rest)?.[0]}`] : []),
    ...(/\[\.\]|\[@\]|\[\/\/\]/.test(rest) === explained.test(rest)
      ? []
      : ['signs without a word about them']),
  ];
}

function holds(body: string, link: string | null): void {
  expect(wrongs(body, link === null ? [] : [link]), body).toEqual([]);
}

/** The evidence about a user, all of it with this name. */
function evidenceOf(name: string): Evidence {
  const networks = [name, '203.0.113.0/24'].map((network) =>
    family({ source: { kind: 'network', network }, service: name, region: name, agent: 'other' }),
  );
  const services = family({ source: { kind: 'service', service: name } });
  return {
    usage: {
      [NEWER]: usage([...networks, services]),
      [OLDER]: usage([...networks, family({ service: 'ecs' })], { keyId: OLDER }),
    },
    about: anAbout({ privilege: administrator(name) }),
  };
}

/** A case in which everything that other people choose is this name. */
function caseOf(current: Case, name: string): Case {
  const lastUsed = (was: LastUsed): LastUsed =>
    was.kind === 'used' ? { ...was, service: name, region: name } : was;
  const { askedAgain, decision } = current;
  return {
    ...current,
    userName: name,
    path: `/${name}/`,
    owners: [{ key: name, value: name }],
    keys: current.keys.map((one) => ({ ...one, lastUsed: lastUsed(one.lastUsed) })),
    origins: Object.fromEntries(
      [NEWER, OLDER, THIRD].map((id) => [id, { createdBy: `role/${name}`, at: NOW }]),
    ),
    askedAgain: askedAgain !== null && 'by' in askedAgain ? { ...askedAgain, by: name } : askedAgain,
    decision:
      decision === null
        ? null
        : {
            ...decision,
            by: name,
            confirmed: decision.confirmed === null ? null : { ...decision.confirmed, by: name },
          },
  };
}

function policyOf(policy: Policy, name: string, trusted: boolean): Policy {
  return {
    ...policy,
    accountName: name,
    trustedCreators: trusted ? ['role/*'] : [],
    approvers: policy.approvers.map((one) => ({ ...one, name: `${name} ${one.id}` })),
  };
}

function hostile(context: NoticeContext, name: string, trusted = true): NoticeContext {
  return {
    ...context,
    current: caseOf(context.current, name),
    policy: policyOf(context.policy, name, trusted),
    evidence: evidenceOf(name),
  };
}

/** A golden mail of each kind, with which the others can be sent about any case. */
const OF_KIND = {
  detected: 'detected-medium',
  rotation: 'rotation',
  reminder: 'reminder',
  escalated: 'escalated',
  'asked-again': 'again-keys-changed',
  restored: 'restored',
  deactivated: 'deactivated',
  'deletion-announced': 'deletion-announced',
  'confirm-deletion': 'confirm-deletion',
  held: 'held-no-active-key',
  'exception-ending': 'exception-ending',
  closed: 'closed-remediated',
} as const satisfies Record<NoticeKind, keyof typeof VARIANTS>;

describe('a notice', () => {
  it('has a golden mail of each kind', () => {
    expect(Object.entries(OF_KIND).map(([, name]) => VARIANTS[name]?.kind)).toEqual(Object.keys(OF_KIND));
  });

  it.each(EACH)('%s has no link but ours with any name', (_name, context) => {
    holds(renderMail(context).body, context.link);
    for (const name of LINK_NAMES) {
      for (const trusted of [true, false]) {
        holds(renderMail(hostile(context, name, trusted)).body, context.link);
      }
    }
  });

  it.each(EACH)('%s has none if it is about another case', (_name, { current }) => {
    Object.values(OF_KIND).forEach((other, index) => {
      const context = VARIANTS[other] as NoticeContext;
      const name = LINK_NAMES[index % LINK_NAMES.length] as string;
      holds(renderMail(hostile({ ...context, current }, name)).body, context.link);
    });
  });

  it.each(EACH)('%s has none as a mail to operators', (_name, context) => {
    for (const name of LINK_NAMES) {
      for (const kind of ['deactivated', 'restored'] as const) {
        holds(renderForOperators({ ...hostile(context, name), kind }).body, null);
      }
    }
  });

  it('keeps the name in its subject as it is', () => {
    const { subject } = renderMail(hostile(VARIANTS.rotation as NoticeContext, 'john.smith'));
    expect(subject).toContain('john.smith');
  });
});

describe.each(LINK_NAMES)('with %s', (name) => {
  const policy = policyOf(POLICY, name, true);
  const [recipient] = policy.approvers as [Policy['approvers'][number]];

  it('a mail about an answer that was not carried out', () => {
    const drops = [aDrop(), aDrop({ kind: 'confirm', why: 'not-an-approver', by: name, asking: 1 })];
    for (const link of [LINK, null]) {
      const current = caseOf(aCase({ dropped: drops }), name);
      const about = { current, policy, recipient, link, control: { pauses: [], revoked: [] }, now: NOW };
      holds(renderReason({ ...about, evidence: {} }).body, link);
    }
  });

  it('a mail with a link that was asked for', () => {
    const all = { expired: LINK, row: LINK, view: LINK } as const satisfies Record<CaseLinkWhy, string>;
    for (const why of Object.keys(all) as CaseLinkWhy[]) {
      for (const link of [null, { url: all[why], expires: plus(NOW, DAY) }]) {
        const current = caseOf(aCase({ number: link === null ? 4 : 3 }), name);
        holds(renderLinkMail({ current, policy, recipient, why, link, now: NOW }).body, link?.url ?? null);
      }
    }
  });

  it('a mail with the link to the report that was asked for', () => {
    const link = { url: LINK, expires: plus(NOW, DAY) };
    holds(renderReportLink({ policy, recipient, link, now: NOW }).body, LINK);
  });

  it('a digest, and its further parts', () => {
    const dues = { daily: { urgent: false, daily: true }, urgent: { urgent: true, daily: false } };
    const waits = (current: Case, kind: NoticeKind, index: number) => ({
      current: {
        ...caseOf(current, name),
        userId: `AIDA${index}`,
        toldAt: NOW,
        owed: [{ kind, recipient: recipient.id, since: NOW, pooled: 'urgent' as const }],
      },
      evidence: evidenceOf(name),
    });
    const going = Array.from({ length: 101 }, (_, n) =>
      waits(inGrace({}, { decision: aDecision() }), 'deletion-announced', n),
    );
    const cases = [...EACH.map(([, { current, kind }], n) => waits(current, kind, 1_000 + n)), ...going];
    const missing = {
      checkedAt: NOW,
      addresses: {},
    };
    for (const due of Object.values(dues satisfies Record<keyof Dues, Dues>)) {
      for (const mode of ['enforce', 'observe'] as const) {
        const digest = digestOf(cases, [recipient], due);
        const health = digestLines(null, missing, recipient, policy, NOW);
        const context = {
          digest,
          policy: { ...policy, mode },
          control: { pauses: [], revoked: [] },
          recipient,
          link: LIST,
          now: NOW,
          concerns: { open: 2, overdue: 1 },
          health,
        };
        for (let part = 0; part < digestParts(digest); part += 1) {
          holds(renderDigest(context, part).body, LIST);
        }
      }
    }
  });

  it("health's mail to operators", () => {
    const context = {
      expected: { ...EXPECTED, region: name },
      policy,
      operators: [OPERATOR],
      watchedCalls: WATCHED,
      exposurePattern: EXPOSURES,
      watchingSince: plus(NOW, -9 * DAY),
      waitingSince: plus(NOW, -DAY),
      noSignOffSince: null,
      now: NOW,
    };
    const findings = (Object.keys(BROKEN) as Check[]).flatMap((check) =>
      found(check, BROKEN, name, context).map(
        (finding): OpenFinding => ({ ...finding, check, kind: 'broken', since: NOW, told: true }),
      ),
    );
    expect(new Set(findings.map(({ check }) => check)).size).toBe(Object.keys(BROKEN).length);
    const state = { watchingSince: NOW, checkedAt: NOW, lastKeyEvent: NOW, checks: 15, fine: 0 };
    for (const news of [
      { began: findings, ended: [] },
      { began: [], ended: findings },
    ]) {
      holds(healthMail(news, state, policy, ACCOUNT, NOW).body, null);
    }
  });
});

/** A reading of each check in which something is wrong, with a name from outside where it has one. */
const BROKEN: { readonly [C in Check]: (name: string) => Readings[C] } = {
  trail: () => [],
  rule: () => null,
  'exposure-rule': () => null,
  'queue-policy': (name) => ({ Statement: [{ Principal: name }] }),
  mappings: (name) => [{ queue: name, state: name, connected: false, filtered: true }],
  'key-events': () => ({ waiting: 3, handledAt: null }),
  sweep: () => ({ rule: null, overdue: true }),
  survey: () => ({ rule: null, takenAt: null }),
  'dead-letters': (name) => ({ [`${name}/NotEmpty`]: 1 }),
  subscriptions: (name) => [subscription(name, { protocol: name, id: name })],
  operators: (name) => [subscription(name)],
  approvers: () => ({ pauses: [], revoked: POLICY.approvers.map(({ id }) => id) }),
  pause: (name) => ({ pauses: [{ from: NOW, to: null, reason: name }], revoked: [] }),
  control: () => ({ content: { entry: 7 }, last: null }),
  recorder: (name) => [{ region: name, recording: false, users: false }],
  'config-rule': () => null,
  unannounced: (name) => [
    {
      ...(healthy().unannounced[0] as Readings['unannounced'][number]),
      userName: name,
      announced: false,
      created: plus(NOW, -2 * DAY),
    },
  ],
  records: (name) => ({ at: NOW, users: 1, wrong: [{ about: 'anchors', words: `User ${name}: gone.` }] }),
  'sign-off': () => ({
    ...(healthy()['sign-off'] as NonNullable<Readings['sign-off']>),
    due: plus(NOW, -20 * DAY),
    open: 3,
    overdue: 2,
    firstTarget: '2026-01-31',
  }),
};

function found<C extends Check>(
  check: C,
  broken: { readonly [B in C]: (name: string) => Readings[B] },
  name: string,
  context: Parameters<(typeof JUDGES)[C]>[1],
): readonly Finding[] {
  const findings: readonly Finding[] | 'not-left' = JUDGES[check](broken[check](name), context);
  if (findings === 'not-left') {
    throw new Error('the reading should say something');
  }
  return findings;
}

it('the rules above find what is wrong', () => {
  expect(wrongs('see evil.example.com', [])).toHaveLength(2);
  expect(wrongs(`twice ${LINK} ${LIST}`, [LINK])).toHaveLength(2);
  expect(wrongs('a[.]b', [])).toEqual(['signs without a word about them']);
  expect(wrongs(`${LINK}\n[.] stands for a dot, so that no name becomes a link.`, [LINK])).toEqual([]);
});
