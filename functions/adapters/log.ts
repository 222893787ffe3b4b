import type { Logger } from '@aws-lambda-powertools/logger';
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Log } from '../app/ports.ts';
import { shortKey } from '../core/model/observation.ts';

const KEY_ID = /(?:AKIA|ASIA)\w{12,}/g;
/** Tokens of both versions. One of version 2 for a list has 68 characters, any other more. */
const TOKEN = /v1\.[\w-]+\.[\w-]+|v2[\w-]{66,}/g;

/** Deeper than anything we log. The limit keeps endless values from using up the invocation. */
const DEEPEST = 8;

/** The text without links and with access key ids shortened to their last four characters. */
export function redacted(text: string): string {
  return text.replace(TOKEN, '[link]').replace(KEY_ID, shortKey);
}

/** Any value as plain JSON data, with every text and field name redacted. Never throws. */
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

/** The parts of an error worth logging, which JSON would leave out. */
function partsOf({ name, message, cause }: Error): Record<string, unknown> {
  return { name, message, cause };
}

/** Structured log with Powertools. Everything is redacted here, so that no caller can forget it. */
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
