/** Every mail about keys that were deactivated, under every setting that changes its words, is short enough (voice.md). */
import { describe, expect, it } from 'vitest';
import type { Case, NoticeKind, Phase } from '../../../functions/core/case/case.ts';
import type { NoticeContext } from '../../../functions/core/messages/context.ts';
import { renderMail } from '../../../functions/core/messages/mail.ts';
import type { Policy } from '../../../functions/core/model/policy.ts';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import type { Evidence } from '../../../functions/core/proposal/context.ts';
import { administrator, anAbout } from '../../fakes/about.ts';
import { NEWER, NOW, OLDER } from '../../fakes/cases.ts';
import { family, usage } from '../../fakes/usage.ts';
import { ESCALATING, mailOf, VARIANTS, WITHOUT_USAGE } from './mail-variants.ts';
import { MOST_WORDS, wordsIn } from './words-in.ts';

const PRIVILEGED = anAbout({ privilege: administrator('AdministratorAccess') });
const many = ['sts', 'iam', 'ecs', 's3'].map((service) => family({ service, last: plus(NOW, -7 * DAY) }));
const MISSING = { [NEWER]: usage([family({ agent: 'ecs' })]), [OLDER]: usage(many, { keyId: OLDER }) };

const EVIDENCE: Readonly<Record<string, Evidence>> = {
  'usage off': { about: PRIVILEGED },
  'not looked up': { about: PRIVILEGED, usage: {} },
  'consumers missing': { about: PRIVILEGED, usage: MISSING },
  'consumers missing, and more that are unknown': {
    about: PRIVILEGED,
    usage: { ...MISSING, [OLDER]: usage(many, { keyId: OLDER, leftOut: 3 }) },
  },
};

const SETTINGS: Readonly<Record<string, Policy>> = {
  'after-grace': ESCALATING,
  'on-confirmation': { ...ESCALATING, deletion: 'on-confirmation' },
  never: { ...ESCALATING, deletion: 'never' },
  'usage off': WITHOUT_USAGE,
  wary: { ...ESCALATING, trustedCreators: [] },
  observe: { ...ESCALATING, mode: 'observe' },
};

/** The phases in which each notice about keys that were deactivated is sent. */
const SENT_IN = {
  deactivated: ['grace', 'deleting'],
  'deletion-announced': ['grace', 'awaiting-confirmation', 'deleting'],
  'confirm-deletion': ['awaiting-confirmation'],
  escalated: ['awaiting-confirmation', 'held'],
  reminder: ['awaiting-confirmation', 'held'],
  held: ['held'],
  closed: ['closed'],
} as const satisfies Partial<Record<NoticeKind, readonly Phase[]>>;
const KINDS = Object.keys(SENT_IN) as (keyof typeof SENT_IN)[];

/** What a case may have besides. */
const BESIDES: Readonly<Record<string, Partial<Case>>> = {
  'nothing else': {},
  compromised: { compromised: [OLDER, NEWER] },
  'an owner': { owners: [{ key: 'Team', value: 'payments and billing' }] },
  'a late question': { toldAt: plus(NOW, -45 * DAY), escalatedAt: NOW },
  'an unexpected creator': { origins: { [OLDER]: { createdBy: 'user/mallory', at: NOW } } },
};

/** The cases of the golden mails with a decision, each once. IAM allows a user two keys; three would need more words. */
const CASES = [
  ...new Map(
    Object.entries(VARIANTS).flatMap(([name, { current }]) =>
      current.decision === null || current.keys.length > 2
        ? []
        : [[JSON.stringify(current), { name, current }]],
    ),
  ).values(),
];

function* all(kind: (typeof KINDS)[number]): Generator<readonly [string, NoticeContext]> {
  const phases: readonly Phase[] = SENT_IN[kind];
  for (const { name, current } of CASES.filter((one) => phases.includes(one.current.phase))) {
    for (const [setting, policy] of Object.entries(SETTINGS)) {
      const possible = Object.entries(EVIDENCE).filter(
        ([, { usage: known }]) => (known === undefined) === (policy.usage === null),
      );
      for (const [known, evidence] of possible) {
        for (const [besides, more] of Object.entries(BESIDES)) {
          const context = mailOf(kind, { ...current, ...more }, { policy, evidence });
          yield [`${name}: ${setting}, ${known}, ${besides}`, context];
        }
      }
    }
  }
}

describe('a mail about keys that were deactivated has at most 110 words', () => {
  it.each(KINDS)('%s', (kind) => {
    const long = [...all(kind)].flatMap(([name, context]) => {
      const { body } = renderMail(context);
      return wordsIn(body) > MOST_WORDS ? [`${wordsIn(body)} ${name}\n${body}`] : [];
    });
    expect([...all(kind)].length).toBeGreaterThan(100);
    expect(long.length, long.slice(0, 3).join('\n')).toBe(0);
  });
});
