/**
 * No setting can lock everybody out: every combination of up to four approvers is refused at synth, told by doctor and AWS
 * Config, or leaves for each key of each case somebody who is asked, can be reached, and may decide that it stays.
 */
import { describe, expect, it } from 'vitest';
import { policyOf } from '../../../functions/adapters/settings.ts';
import { parseSettings } from '../../../functions/contracts/settings.ts';
import type { KeyOrigin } from '../../../functions/core/case/case.ts';
import { ownKeyRule } from '../../../functions/core/case/own-key.ts';
import { askedAbout, recipientsOf } from '../../../functions/core/case/recipients.ts';
import { addressMark } from '../../../functions/core/case/requests.ts';
import { accountVerdict } from '../../../functions/core/config/account-verdict.ts';
import { JUDGES } from '../../../functions/core/health/judge.ts';
import { type Control, currentApprovers, type Policy } from '../../../functions/core/model/policy.ts';
import { ACCOUNT, aCase, NEWER, NOW, OLDER } from '../../fakes/cases.ts';

const MAILS = ['all', 'none'] as const;

/** Globs for whoever made the one key, the other, and both; the last approver has none. */
const GLOBS = [
  ['arn:aws:iam::*:user/made-newer'],
  ['arn:aws:iam::*:user/made-older'],
  ['arn:aws:iam::*:user/made-*'],
  [],
] as const;

interface Written {
  readonly mail: (typeof MAILS)[number];
  readonly principals: readonly string[];
}

const WRITTEN: readonly Written[] = MAILS.flatMap((mail) =>
  GLOBS.map((principals) => ({ mail, principals })),
);

/** All choices of at most four of these, without regard to their order. */
function choices<T>(from: readonly T[], most = 4): T[][] {
  return most === 0
    ? [[]]
    : [
        [],
        ...from.flatMap((one, index) => choices(from.slice(index), most - 1).map((rest) => [one, ...rest])),
      ];
}

const SCOPES = [{}, { only: { users: ['svc/*'] } }, { exclude: { tag: null, users: ['*'] } }];

function document(approvers: readonly Written[], more: object) {
  const named = approvers.map((one, index) => ({
    id: `a${index}`,
    name: `A${index}`,
    email: `a${index}@corp.test`,
    ...one,
  }));
  return { region: 'us-east-1', accountName: 'prod', mode: 'enforce', approvers: named, ...more };
}

/** The reason for which these approvers are refused; null if they are not. */
function wantedRefusal(approvers: readonly Written[]): RegExp | null {
  const globs = approvers.flatMap(({ principals }) => principals);
  if (approvers.length === 0) {
    return /^approvers: must name at least one approver/;
  }
  if (!approvers.some(({ mail }) => mail === 'all')) {
    return /^approvers: at least one approver must have "mail": "all"/;
  }
  return new Set(globs).size < globs.length
    ? /^approvers\[\d\]\.principals\[0\]: ".*" already stands for the approver "a\d"/
    : null;
}

const subsets = <T>(all: readonly T[]): T[][] =>
  all.reduce<T[][]>((so, one) => so.concat(so.map((some) => [...some, one])), [[]]);

const made = (user: string): KeyOrigin => ({
  createdBy: `user/${user}`,
  at: NOW,
  arns: [`arn:aws:iam::${ACCOUNT}:user/team/${user}`],
});

const CASES = [
  aCase(),
  aCase({ origins: { [NEWER]: made('made-newer'), [OLDER]: made('made-older') } }),
  aCase({ origins: { [NEWER]: made('made-newer'), [OLDER]: made('made-newer') } }),
];

const MARKS = [0, 1, 2, 3].map((index) => addressMark(`a${index}@corp.test`));

/** Everything that may be wrong with one policy while some approvers are revoked and mails reach some of them. */
function problemsOf(policy: Policy, control: Control): string[] {
  const left = currentApprovers(policy, control);
  const told = JUDGES.approvers(control, { policy } as never);
  if (left.length === 0) {
    return told.length === 1 ? [] : ['nobody is left, and doctor does not say so'];
  }
  const isReached = (id: string) => control.reached?.[MARKS[Number(id.slice(1))] ?? ''] !== undefined;
  if (!left.some(({ id }) => isReached(id))) {
    const addresses = MARKS.map((mark) => [mark, { state: 'missing' as const, since: NOW }]);
    const checked = { checkedAt: NOW, addresses: Object.fromEntries(addresses) };
    const { compliance } = accountVerdict(checked, { policy, control, now: NOW });
    return compliance === 'NON_COMPLIANT' ? [] : ['nobody is reached, and AWS Config does not say so'];
  }
  const silent = !left.some(({ mail }) => mail === 'all') && told.length === 0;
  return [
    ...(silent ? ['nobody who is mailed is left, and doctor does not say so'] : []),
    ...CASES.flatMap((current) => {
      const asked = askedAbout(current, policy, control).filter(({ id }) => isReached(id));
      return current.keys.flatMap(({ id }) =>
        asked.map(ownKeyRule(current, id, policy, control)).some((own) => own !== 'withheld')
          ? []
          : `nobody who is asked may keep ${id}`,
      );
    }),
  ];
}

describe('every combination of up to four approvers', () => {
  const all = choices(WRITTEN);

  it('is refused with one clear reason, or accepted, whatever else is set', () => {
    let accepted = 0;
    for (const [place, approvers] of all.entries()) {
      const wanted = wantedRefusal(approvers);
      const ids = approvers.map((_, index) => `a${index}`);
      for (const [turn, escalation] of subsets(ids).entries()) {
        const scope = SCOPES[(place + turn) % SCOPES.length];
        const parsed = parseSettings(
          document(approvers, { escalation, selfApproval: turn % 2 === 1, ...scope }),
        );
        const problems = parsed.ok ? [] : parsed.problems;
        accepted += parsed.ok ? 1 : 0;
        if (parsed.ok !== (wanted === null) || (wanted !== null && !wanted.test(problems[0] ?? ''))) {
          expect(problems, JSON.stringify({ approvers, escalation })).toBe(wanted);
        }
      }
    }
    expect(accepted).toBeGreaterThan(1_000);
  });

  it('leaves somebody who is asked, reached and may decide, or the lack of them is told', () => {
    let seen = 0;
    for (const approvers of all.filter((one) => wantedRefusal(one) === null)) {
      const ids = approvers.map((_, index) => `a${index}`);
      const scope = SCOPES[approvers.length % SCOPES.length];
      for (const selfApproval of [false, true]) {
        const parsed = parseSettings(document(approvers, { selfApproval, escalation: ids, ...scope }));
        if (!parsed.ok) {
          throw new Error(parsed.problems.join('; '));
        }
        const policy = policyOf(parsed.settings);
        for (const revoked of subsets(ids)) {
          for (const unreached of subsets(ids.filter((id) => !revoked.includes(id)))) {
            const reached = Object.fromEntries(
              MARKS.flatMap((mark, index) => (unreached.includes(`a${index}`) ? [] : [[mark, NOW]])),
            );
            seen += 1;
            const problems = problemsOf(policy, { pauses: [], revoked, reached });
            if (problems.length > 0) {
              expect(problems, JSON.stringify({ approvers, revoked, unreached, selfApproval })).toEqual([]);
            }
          }
        }
      }
    }
    expect(seen).toBeGreaterThan(10_000);
  });

  it('escalates to nobody but current approvers, whatever mail says', () => {
    for (const approvers of all.filter((one) => wantedRefusal(one) === null)) {
      const parsed = parseSettings(document(approvers, {}));
      const policy = parsed.ok ? policyOf(parsed.settings) : null;
      const ids = approvers.map((_, index) => `a${index}`);
      const revoked = ids.slice(1, 2);
      const told = recipientsOf('escalated', aCase(), policy as Policy, { pauses: [], revoked }, false);
      expect(told.map(({ id }) => id)).toEqual(ids.filter((id) => !revoked.includes(id)));
    }
  });
});
