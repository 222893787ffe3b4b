import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type Target,
} from '@aws-sdk/client-eventbridge';
import type { Account } from './account.ts';
import { type Sabotage, type Sabotages, swap } from './sabotage.ts';

type NameOf = (account: Account) => string;
const ofKeys: NameOf = ({ expected }) => expected.keyRule.name;

/** A rule of EventBridge that somebody disables. */
export function disabledRule(nameOf: NameOf): Pick<Sabotage, 'apply' | 'undo'> {
  return {
    apply: (account) => account.events.send(new DisableRuleCommand({ Name: nameOf(account) })),
    undo: (account) => account.events.send(new EnableRuleCommand({ Name: nameOf(account) })),
  };
}

async function targetsOf({ events }: Account, Rule: string): Promise<Target[]> {
  const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule }));
  return Targets;
}

async function putTargets(account: Account, Rule: string, Targets: Target[]): Promise<void> {
  const Ids = (await targetsOf(account, Rule)).flatMap(({ Id }) => Id ?? []);
  if (Ids.length > 0) {
    await account.events.send(new RemoveTargetsCommand({ Rule, Ids }));
  }
  if (Targets.length > 0) {
    await account.events.send(new PutTargetsCommand({ Rule, Targets }));
  }
}

/** A rule of EventBridge whose targets somebody changes. */
export function changedTargets(
  nameOf: NameOf,
  change: (target: Target, account: Account) => Target | Target[],
): Pick<Sabotage, 'apply' | 'undo'> {
  return swap(
    (account) => targetsOf(account, nameOf(account)),
    (account, targets) => putTargets(account, nameOf(account), targets),
    (targets, account) => targets.flatMap((target) => change(target, account)),
  );
}

const deletedRule = (): Pick<Sabotage, 'apply' | 'undo'> => {
  const kept: Target[][] = [];
  return {
    async apply(account) {
      const Name = ofKeys(account);
      kept.push(await targetsOf(account, Name));
      await putTargets(account, Name, []);
      await account.events.send(new DeleteRuleCommand({ Name }));
    },
    async undo(account) {
      const { name: Name, pattern } = account.expected.keyRule;
      await account.events.send(new PutRuleCommand({ Name, EventPattern: JSON.stringify(pattern) }));
      await putTargets(account, Name, kept.pop() ?? []);
    },
  };
};

export const RULE_SABOTAGES: Sabotages = [
  { what: 'the rule is disabled', says: 'is disabled', ...disabledRule(ofKeys) },
  {
    what: 'its pattern is changed',
    says: 'different event pattern',
    ...swap(
      async (account) =>
        (await account.events.send(new DescribeRuleCommand({ Name: ofKeys(account) }))).EventPattern ?? '',
      (account, EventPattern) =>
        account.events.send(new PutRuleCommand({ Name: ofKeys(account), EventPattern })),
      (pattern) => pattern.replace('"CreateAccessKey",', ''),
    ),
  },
  {
    what: 'its target is changed',
    says: 'different target',
    ...changedTargets(ofKeys, (target) => ({ ...target, Arn: `${target.Arn}-2` })),
  },
  { what: 'its target is removed', says: 'different target', ...changedTargets(ofKeys, () => []) },
  {
    what: 'a transformer is added',
    says: 'changes its input',
    ...changedTargets(ofKeys, (target) => ({
      ...target,
      InputTransformer: { InputPathsMap: { name: '$.detail.eventName' }, InputTemplate: '"<name>"' },
    })),
  },
  {
    what: 'a part of the event is cut out',
    says: 'changes its input',
    ...changedTargets(ofKeys, (target) => ({ ...target, InputPath: '$.detail' })),
  },
  { what: 'the rule is deleted', says: 'does not exist', ...deletedRule() },
];

export const EXPOSURE_RULE_SABOTAGES: Sabotages = [
  {
    what: 'the rule for AWS Health is disabled',
    says: 'The EventBridge rule for AWS Health is disabled',
    ...disabledRule(({ expected }) => expected.exposureRule),
  },
  {
    what: 'its target is changed',
    says: 'The EventBridge rule for AWS Health has a different target',
    ...changedTargets(
      ({ expected }) => expected.exposureRule,
      (target) => ({ ...target, Arn: `${target.Arn}-2` }),
    ),
  },
];
