import * as z from 'zod';

/** rdk's convention for a run by hand: evaluations are checked and not kept (domain facts 2.4). */
const TEST_TOKEN = 'TESTMODE';

/** One run of the rule, as AWS Config asks for it. */
export interface ConfigRun {
  readonly kind: 'run';
  readonly account: string;
  readonly ruleName: string;
  /** What PutEvaluations wants to see; good for this run only. */
  readonly token: string;
  /** Config checks the evaluations and keeps none of them. */
  readonly test: boolean;
}

/** What AWS Config sent: a run to make, or a message that a periodic rule has nothing to do with. Never throws. */
export type ConfigInvocation =
  | ConfigRun
  | { readonly kind: 'ignored'; readonly messageType: string }
  | { readonly kind: 'broken'; readonly problem: string };

const text = z.string().min(1);

/** Only what a run needs; `ruleParameters` may be missing, and this rule has none. */
const invocationSchema = z.object({
  invokingEvent: text,
  resultToken: text,
  configRuleName: text,
  accountId: z.string().regex(/^\d{12}$/),
});

const invokingSchema = z.object({
  messageType: text,
});

/** Reads what AWS Config invokes the function with: `invokingEvent` in it is JSON in a string. */
export function parseInvocation(event: unknown): ConfigInvocation {
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

/** What is wrong first, without quoting the event: it holds a token. */
function first({ issues }: z.ZodError): string {
  const [problem = ''] = issues.map(({ path, code }) => [...path, code].join(': '));
  return problem;
}
