import type { Logger } from '@aws-lambda-powertools/logger';
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Log } from '../app/ports.ts';
import { shortKey } from '../core/model/observation.ts';

const KEY_ID = /(?:AKIA|ASIA)\w{12,}/g;
const TOKEN = /v1\.[\w-]+\.[\w-]+/g;

/** Deeper than anything we log; a value that goes on for ever must not take the invocation with it. */
const DEEPEST = 8;

/** A text without access key ids (their last four stay) and without links. */
export function redacted(text: string): string {
  return text.replace(TOKEN, '[link]').replace(KEY_ID, shortKey);
}

/** Any value as plain JSON data, redacted in every text and field name. Never throws, whatever it is given. */
export function redactedValue(value: unknown, within: readonly object[] = []): unknown {
  if (typeof value === 'string') {
    return redacted(value);
  }
  if (value === null || typeof value === 'boolean' || typeof value === 'number') {
    return value;
  }
  if (typeof value !== 'object') {
    return redacted(String(value));
  }
  if (within.includes(value)) {
    return '[circular]';
  }
  if (within.length === DEEPEST) {
    return '[deeper]';
  }
  const path = [...within, value];
  try {
    if (Array.isArray(value)) {
      return value.map((inner) => redactedValue(inner, path));
    }
    if (value instanceof Date) {
      return String(value.toJSON());
    }
    return Object.fromEntries(
      Object.entries(value instanceof Error ? partsOf(value) : value)
        .filter(([, inner]) => inner !== undefined)
        .map(([field, inner]) => [redacted(field), redactedValue(inner, path)]),
    );
  } catch {
    return '[unreadable]';
  }
}

/** What an error says. JSON would drop all of it. */
function partsOf({ name, message, cause }: Error): Record<string, unknown> {
  return { name, message, cause };
}

/** Structured log over Powertools. Everything passes the redaction, so that no caller has to remember it. */
export function powertoolsLog(logger: Logger, metrics: Metrics | null): Log {
  const safe = (details: Readonly<Record<string, unknown>> = {}) =>
    redactedValue(details) as Record<string, string>;
  return {
    info: (message, details) => logger.info(redacted(message), safe(details)),
    warn: (message, details) => logger.warn(redacted(message), safe(details)),
    error: (message, details) => logger.error(redacted(message), safe(details)),
    count: (metric, times = 1) => metrics?.addMetric(metric, MetricUnit.Count, times),
  };
}
