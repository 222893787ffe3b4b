import type { HealthWorld } from '../../functions/app/health/check-health.ts';
import { type HealthReaders, type HealthStore, NotRead } from '../../functions/app/health-ports.ts';
import { addressMark } from '../../functions/core/case/requests.ts';
import type { Check, NotReadWhy } from '../../functions/core/health/checks.ts';
import type { Expected } from '../../functions/core/health/expected.ts';
import type { CheckedSubscriptions } from '../../functions/core/health/reach.ts';
import type {
  Readings,
  RecordsSample,
  RuleReading,
  SubscriptionReading,
  TrailReading,
} from '../../functions/core/health/readings.ts';
import type { HealthState } from '../../functions/core/health/state.ts';
import { filterOf } from '../../functions/core/health/subscription-filter.ts';
import type { SubscriptionStates } from '../../functions/core/health/subscriptions.ts';
import { UNRESTRICTED } from '../../functions/core/model/policy.ts';
import { DAY, HOUR, plus } from '../../functions/core/model/time.ts';
import { ACCOUNT, NEWER, NOW, POLICY } from './cases.ts';
import { memoryLog, standingClock } from './ports.ts';

/** The states of all approvers' addresses as health stores them, of which these get no mail since 20 November. */
export function unreached(...lost: readonly string[]): CheckedSubscriptions {
  const states = POLICY.approvers.map(({ email }) => [
    addressMark(email),
    lost.includes(email)
      ? { state: 'missing' as const, since: '2026-11-20T09:00:00.000Z' }
      : { state: 'confirmed' as const, since: '2026-11-01T09:00:00.000Z' },
  ]);
  return { checkedAt: NOW, addresses: Object.fromEntries(states) };
}

export const WATCHED = ['CreateAccessKey', 'UpdateAccessKey'];
export const OPERATOR = 'oncall@example.com';

const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:events';
const PATTERN = { source: ['aws.iam'], detail: { eventName: WATCHED } };
export const EXPOSURES = { source: ['aws.health'], detail: { service: ['RISK'] } };
const QUEUE_POLICY = {
  Statement: [{ Sid: 'NobodyElse', Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sqs:SendMessage' }],
};

export const EXPECTED: Expected = {
  region: 'us-east-1',
  keyRule: { name: 'key-rule', target: QUEUE, input: null, pattern: PATTERN },
  exposureRule: 'exposure-rule',
  sweepRule: { name: 'sweep-rule', target: 'arn:sweep', input: null },
  surveyRule: { name: 'survey-rule', target: 'arn:evaluate', input: { solekey: 'survey' } },
  eventQueue: { url: 'https://sqs/1/events', policy: QUEUE_POLICY },
  mappings: [{ id: 'mapping-1', queue: 'events', reader: 'reconcile' }],
  deadLetters: { 'Wakes/DeadLetters/NotEmpty': 'wakes-dead', 'Events/DeadLetters/NotEmpty': 'events-dead' },
  configRule: 'config-rule',
};

/** A trail of the whole account that logs all management events. */
export function trail(more: Partial<TrailReading> = {}): TrailReading {
  return {
    name: 'all',
    multiRegion: true,
    homeRegion: 'eu-west-1',
    globalEvents: true,
    logging: true,
    selectors: [{ management: true, readWrite: 'All', excludedSources: [] }],
    advanced: [],
    ...more,
  };
}

/** A rule as its deployment expects it. */
export function rule(target: string, more: Partial<RuleReading> = {}, input: unknown = null): RuleReading {
  return { enabled: true, pattern: null, targets: [{ arn: target, input, transformed: false }], ...more };
}

/** A confirmed subscription of an address by mail. */
export function subscription(endpoint: string, more: Partial<SubscriptionReading> = {}): SubscriptionReading {
  return {
    id: `id-of-${endpoint}`,
    protocol: 'email',
    endpoint,
    authenticated: true,
    filter: filterOf({
      address: endpoint,
      ids: POLICY.approvers.flatMap(({ id, email }) => (email === endpoint ? id : [])),
    }),
    ...more,
  };
}

/** What is read where everything is as it should be. */
export function healthy(): Readings {
  return {
    trail: [trail()],
    rule: rule(QUEUE, { pattern: PATTERN }),
    'exposure-rule': rule(QUEUE, { pattern: EXPOSURES }),
    'queue-policy': QUEUE_POLICY,
    mappings: [{ queue: 'events', state: 'Enabled', connected: true, filtered: false }],
    'key-events': { waiting: 0, handledAt: plus(NOW, -3 * HOUR) },
    sweep: { rule: rule('arn:sweep'), overdue: false },
    survey: { rule: rule('arn:evaluate', {}, { solekey: 'survey' }), takenAt: plus(NOW, -HOUR) },
    'dead-letters': { 'Wakes/DeadLetters/NotEmpty': 0, 'Events/DeadLetters/NotEmpty': 0 },
    subscriptions: POLICY.approvers.map(({ email }) => subscription(email)),
    operators: [subscription(OPERATOR, { filter: null })],
    approvers: UNRESTRICTED,
    pause: UNRESTRICTED,
    control: { content: null, last: null },
    recorder: [{ region: 'us-east-1', recording: true, users: true }],
    'config-rule': { active: true, activatedAt: NOW, succeededAt: plus(NOW, -HOUR), failedAt: null },
    unannounced: [{ keyId: NEWER, userName: 'ci-deploy', created: plus(NOW, -HOUR), announced: true }],
    records: { at: plus(NOW, -HOUR), users: 100, wrong: [] },
    'sign-off': {
      asked: false,
      due: plus(NOW, 30 * DAY),
      open: 0,
      overdue: 0,
      firstTarget: null,
      leftAt: plus(NOW, -HOUR),
    },
  };
}

/** Health over readings that a test changes, with its memory and what it mailed. */
export function healthStage(more: Partial<HealthWorld> = {}) {
  const clock = standingClock(NOW);
  const log = memoryLog();
  const mails: { readonly subject: string; readonly body: string }[] = [];
  const stage = {
    readings: healthy(),
    /** Checks whose reading fails. */
    failing: new Map<Check, NotReadWhy | Error>(),
    state: null as HealthState | null,
    sample: null as RecordsSample | null,
    states: null as { readonly checkedAt: string; readonly addresses: SubscriptionStates } | null,
    mails,
    clock,
    log,
  };
  const reader =
    <C extends Check>(check: C) =>
    async (): Promise<Readings[C]> => {
      const why = stage.failing.get(check);
      if (why !== undefined) {
        throw why instanceof Error ? why : new NotRead(why, `read:${check}`);
      }
      return stage.readings[check];
    };
  const checks = Object.keys(healthy()) as Check[];
  const readers = Object.fromEntries(
    checks.map((check) => [check, reader(check)]),
  ) as unknown as HealthReaders;
  const store: HealthStore = {
    load: async () => stage.state,
    keep: async (_account, state) => {
      stage.state = state;
    },
    sample: async () => stage.sample,
    keepSample: async (_account, sample) => {
      stage.sample = sample;
    },
    subscriptions: async () => stage.states,
    keepSubscriptions: async (_account, addresses, checkedAt) => {
      stage.states = { addresses, checkedAt };
    },
  };
  const world: HealthWorld = {
    readers,
    store,
    mails: { send: async (mail) => void mails.push(mail) },
    clock,
    log,
    policy: POLICY,
    operators: [OPERATOR],
    watchedCalls: WATCHED,
    exposurePattern: EXPOSURES,
    expected: EXPECTED,
    account: ACCOUNT,
    ...more,
  };
  return { stage, world };
}
