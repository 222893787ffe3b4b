import { DUE_INDEX } from '../../../functions/contracts/fixed-names.ts';
import type { Check } from '../../../functions/core/health/checks.ts';
import type { CallMatch } from '../../../sandbox/gateway/faults.ts';
import type { Account } from './account.ts';

/** A call of health that is denied. */
export interface Denial {
  readonly call: (account: Account) => Required<Pick<CallMatch, 'service'>> & CallMatch;
  /** Other checks that make the same call. */
  readonly also?: readonly Check[];
}

const lastPart = (name: string) => name.split(/[:/]/).at(-1) ?? name;

/** For each check a call without which it cannot be done. A check without one does not compile. */
export const DENIALS: { readonly [C in Check]: Denial } = {
  trail: { call: () => ({ service: 'cloudtrail', action: 'GetTrailStatus' }) },
  rule: {
    call: ({ expected }) => ({
      service: 'events',
      action: 'DescribeRule',
      containing: expected.keyRule.name,
    }),
  },
  'exposure-rule': {
    call: ({ expected }) => ({
      service: 'events',
      action: 'DescribeRule',
      containing: expected.exposureRule,
    }),
  },
  'queue-policy': {
    call: ({ expected }) => ({
      service: 'sqs',
      action: 'GetQueueAttributes',
      containing: lastPart(expected.eventQueue.url),
    }),
    also: ['key-events'],
  },
  mappings: { call: () => ({ service: 'lambda', action: 'GetEventSourceMapping' }) },
  'key-events': { call: () => ({ service: 'dynamodb', action: 'GetItem', containing: 'STAMP#' }) },
  sweep: { call: () => ({ service: 'dynamodb', action: 'Query', containing: `${DUE_INDEX.at} <= ` }) },
  survey: { call: () => ({ service: 's3', action: 'GetObject' }), also: ['records'] },
  'dead-letters': {
    call: ({ expected }) => ({
      service: 'sqs',
      action: 'GetQueueAttributes',
      containing: Object.values(expected.deadLetters).at(-1) ?? '',
    }),
  },
  subscriptions: {
    call: ({ stack }) => ({
      service: 'sns',
      action: 'ListSubscriptionsByTopic',
      containing: lastPart(stack.output('MailTopicArn')),
    }),
  },
  operators: {
    call: ({ stack }) => ({
      service: 'sns',
      action: 'ListSubscriptionsByTopic',
      containing: lastPart(stack.output('OperatorTopicArn')),
    }),
  },
  approvers: {
    call: () => ({ service: 'dynamodb', action: 'GetItem', containing: '"CONTROL"' }),
    also: ['pause', 'control'],
  },
  pause: {
    call: () => ({ service: 'dynamodb', action: 'GetItem', containing: '"CONTROL"' }),
    also: ['approvers', 'control'],
  },
  control: { call: () => ({ service: 'dynamodb', action: 'Query', containing: 'LEDGER#' }) },
  recorder: { call: () => ({ service: 'config', action: 'DescribeConfigurationRecorderStatus' }) },
  'config-rule': { call: () => ({ service: 'config', action: 'DescribeConfigRuleEvaluationStatus' }) },
  unannounced: { call: () => ({ service: 'dynamodb', action: 'BatchGetItem' }) },
  records: { call: () => ({ service: 'dynamodb', action: 'GetItem', containing: '"RECORDS"' }) },
  'sign-off': { call: () => ({ service: 'dynamodb', action: 'GetItem', containing: '#SIGNOFF' }) },
};

/** The error of each service for a missing permission. */
const ERRORS: Readonly<Record<string, string>> = {
  sns: 'AuthorizationError',
  s3: 'AccessDenied',
  sqs: 'AccessDenied',
};

/** Denies the call to health until the faults are cleared. */
export function deny(account: Account, denial: Denial): void {
  const call = denial.call(account);
  const code = ERRORS[call.service] ?? 'AccessDeniedException';
  account.launched.world.gateway.faults.refuse(
    { ...call, caller: account.functionName('Health') },
    { code, status: call.service === 'dynamodb' ? 400 : 403 },
    Number.POSITIVE_INFINITY,
  );
}
