import { canonicalJson } from '../model/digest.ts';
import type { ExpectedRule } from './expected.ts';
import type { MappingReading, RuleReading } from './readings.ts';

/** One sentence on how a rule in EventBridge differs from its deployment; null if it does not. */
export function ruleProblem(
  rule: RuleReading | null,
  expected: ExpectedRule & { readonly pattern?: unknown },
  name: string,
  follows: string,
): string | null {
  if (rule === null) {
    return `${name} does not exist any more, so ${follows}.`;
  }
  if (!rule.enabled) {
    return `${name} is disabled, so ${follows}.`;
  }
  if (expected.pattern !== undefined && !samePolicy(rule.pattern, expected.pattern)) {
    return `${name} has a different event pattern than was deployed, so events may be lost.`;
  }
  const target = rule.targets.find(({ arn }) => arn === expected.target);
  if (target === undefined) {
    return `${name} has a different target than was deployed, so ${follows}.`;
  }
  return target.transformed || !samePolicy(target.input, expected.input)
    ? `${name} changes its input on the way to its target, which was not deployed so; ${follows}.`
    : null;
}

/** States in which a mapping reads its queue, or is about to. */
const READING = new Set(['Creating', 'Enabling', 'Enabled', 'Updating']);

/** One sentence on why a queue is not read; null if it is. */
export function mappingProblem({ queue, state, connected, filtered }: MappingReading): string | null {
  if (state === null) {
    return `The event source mapping of the ${queue} queue does not exist any more, so its messages are not processed.`;
  }
  if (!READING.has(state)) {
    return `The event source mapping of the ${queue} queue is not enabled (${state.toLowerCase()}), so its messages are not processed.`;
  }
  if (!connected) {
    return `The event source mapping of the ${queue} queue invokes a function other than the one that was deployed, so its messages are not processed.`;
  }
  return filtered
    ? `The event source mapping of the ${queue} queue has a filter, which drops messages without a trace.`
    : null;
}

/**
 * True if two policies or patterns mean the same: the order of fields does not matter, and a list of one entry is the
 * entry itself, because AWS returns some of them changed so.
 */
export function samePolicy(a: unknown, b: unknown): boolean {
  return canonicalJson(flattened(a)) === canonicalJson(flattened(b));
}

function flattened(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(flattened);
    return items.length === 1 ? items[0] : items;
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const fields = Object.entries(value).map(([name, inner]) => [name, flattened(inner)] as const);
  const [[only, text] = ['', undefined]] = fields;
  // `"Principal": "*"` and `{"AWS": "*"}` are the same in a resource policy.
  return fields.length === 1 && only === 'AWS' && text === '*' ? '*' : Object.fromEntries(fields);
}
