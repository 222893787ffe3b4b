import * as z from 'zod';
import { SURVEY_INPUT } from './fixed-names.ts';

/**
 * The result token of a manual run by convention of rdk: AWS Config validates evaluations and stores none (fact
 * config-dry-run).
 */
const TEST_TOKEN = 'TESTMODE';

/** One run of the rule, as requested by AWS Config. */
export interface ConfigRun {
  readonly kind: 'run';
  readonly account: string;
  readonly ruleName: string;
  /** The result token for PutEvaluations, valid for this run only. */
  readonly token: string;
  /** True if AWS Config only validates the evaluations and stores none of them. */
  readonly test: boolean;
}

/** The parsed invocation: a run of the rule, the hourly survey, or a message type that a periodic rule ignores. */
export type ConfigInvocation =
  | ConfigRun
  | { readonly kind: 'survey' }
  | { readonly kind: 'ignored'; readonly messageType: string }
  | { readonly kind: 'broken'; readonly problem: string };

const text = z.string().min(1);

/** Only the fields that a run needs. `ruleParameters` may be missing, and this rule has none. */
const invocationSchema = z.object({
  invokingEvent: text,
  resultToken: text,
  configRuleName: text,
  accountId: z.string().regex(/^\d{12}$/),
});

const invokingSchema = z.object({
  messageType: text,
});

const surveySchema = z.strictObject({ solekey: z.literal(SURVEY_INPUT.solekey) });

/**
 * Parses the event with which AWS Config or our schedule invokes the function. AWS Config's `invokingEvent` is JSON in a
 * string. Never throws.
 */
export function parseInvocation(event: unknown): ConfigInvocation {
  if (surveySchema.safeParse(event).success) {
    return { kind: 'survey' };
  }
  const outer = invocationSchema.safeParse(event);
  if (!outer.success) {
    return { kind: 'broken', problem: first(outer.error) };
  }
  const { invokingEvent, resultToken: token, configRuleName: ruleName, accountId: account } = outer.data;
  const inner = invokingSchema.safeParse(jsonOf(invokingEvent));
  if (!inner.success) {
    return { kind: 'broken', problem: `invokingEvent: ${first(inner.error)}` };
  }
  const { messageType } = inner.data;
  if (messageType !== 'ScheduledNotification') {
    return { kind: 'ignored', messageType };
  }
  return { kind: 'run', account, ruleName, token, test: token === TEST_TOKEN };
}

function jsonOf(given: string): unknown {
  try {
    return JSON.parse(given);
  } catch {
    return null;
  }
}

/** The first problem found, without any content of the event, because that includes a token. */
function first({ issues }: z.ZodError): string {
  const [problem = ''] = issues.map(({ path, code }) => [...path, code].join(': '));
  return problem;
}
