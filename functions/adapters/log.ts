import type { Logger } from '@aws-lambda-powertools/logger';
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Log } from '../app/ports.ts';
import { shortKey } from '../core/model.ts';

const KEY_ID = /\b(?:AKIA|ASIA)\w{12,124}/g;
const TOKEN = /v1\.[\w-]+\.[\w-]+/g;

/** A text without access key ids (their last four stay) and without links. */
export function redacted(text: string): string {
  return text.replace(KEY_ID, shortKey).replace(TOKEN, '[link]');
}

/** Structured log over Powertools. Everything passes the redaction, so that no caller has to remember it. */
export function powertoolsLog(logger: Logger, metrics: Metrics | null): Log {
  const safe = (details: Readonly<Record<string, unknown>> = {}) =>
    JSON.parse(redacted(JSON.stringify(details))) as Record<string, string>;
  return {
    info: (message, details) => logger.info(redacted(message), safe(details)),
    warn: (message, details) => logger.warn(redacted(message), safe(details)),
    error: (message, details) => logger.error(redacted(message), safe(details)),
    count: (metric) => metrics?.addMetric(metric, MetricUnit.Count, 1),
  };
}
