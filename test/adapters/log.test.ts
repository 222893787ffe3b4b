import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { powertoolsLog, redacted, redactedValue } from '../../functions/adapters/log.ts';
import { NEWER, OLDER } from '../fakes/cases.ts';

const TOKEN = 'v1.eyJhIjoiMSJ9.c2ln-bmF0_dXJl';

describe('redacting a text', () => {
  it.each([
    [`key ${NEWER} of ci-deploy`, 'key …MPLE of ci-deploy'],
    ['ASIAIOSFODNN7EXAMPLE', '…MPLE'],
    [`${NEWER},${OLDER}`, '…MPLE,…3QXK'],
    [`first line\n${NEWER}`, 'first line\n…MPLE'],
    [`key_${NEWER}`, 'key_…MPLE'],
    [`AKIA${'A'.repeat(200)}`, '…AAAA'],
    [`https://keys.example.com/c/${TOKEN}`, 'https://keys.example.com/c/[link]'],
    [`https://keys.example.com/c/v1.${NEWER}.${OLDER}`, 'https://keys.example.com/c/[link]'],
    [`https://keys.example.com/c/v2${'x-_9'.repeat(20)}ab`, 'https://keys.example.com/c/[link]'],
    [
      `https://keys.example.com/l/v2${'x-_9'.repeat(16)}ab/AIDAX-1`,
      'https://keys.example.com/l/[link]/AIDAX-1',
    ],
    ['AIDACKCEVSQ6C2EXAMPLE in 123456789012', 'AIDACKCEVSQ6C2EXAMPLE in 123456789012'],
    ['AKIA is a prefix', 'AKIA is a prefix'],
  ])('%j', (text, safe) => {
    expect(redacted(text)).toBe(safe);
  });
});

describe('redacting a value', () => {
  it('reaches every text, at any depth, and field names too', () => {
    expect(
      redactedValue({ action: { keyId: NEWER }, list: [{ off: [OLDER] }, TOKEN], [OLDER]: { at: 'now' } }),
    ).toEqual({
      action: { keyId: '…MPLE' },
      list: [{ off: ['…3QXK'] }, '[link]'],
      '…3QXK': { at: 'now' },
    });
  });

  it('keeps what errors say, and their causes', () => {
    const error = new Error(`IAM denied ${NEWER}`, { cause: new TypeError(`at ${TOKEN}`) });
    expect(redactedValue({ error })).toEqual({
      error: {
        name: 'Error',
        message: 'IAM denied …MPLE',
        cause: { name: 'TypeError', message: 'at [link]' },
      },
    });
  });

  it('is plain data', () => {
    expect(
      redactedValue({ n: 1, yes: true, none: null, absent: undefined, at: new Date(0), big: 10n }),
    ).toEqual({ n: 1, yes: true, none: null, at: '1970-01-01T00:00:00.000Z', big: '10' });
  });

  const circular: Record<string, unknown> = { key: NEWER };
  circular.self = circular;
  let deep: object = { key: NEWER };
  for (let level = 0; level < 5000; level += 1) {
    deep = { deep };
  }
  const trap = {
    get key(): string {
      throw new Error('not now');
    },
  };
  it.each([
    ['something circular', circular, { key: '…MPLE', self: '[circular]' }],
    ['a getter that throws', { trap }, { trap: '[unreadable]' }],
    ['a symbol', { it: Symbol(NEWER) }, { it: 'Symbol(…MPLE)' }],
    ['nothing', undefined, 'undefined'],
    ['a date that is none', { at: new Date(Number.NaN) }, { at: 'null' }],
  ])('never throws: %s', (_what, value, safe) => {
    expect(redactedValue(value)).toEqual(safe);
  });

  it('ends, however deep it is', () => {
    expect(JSON.stringify(redactedValue(deep))).toContain('[deeper]');
  });

  it('the same value twice is not circular', () => {
    const one = { id: 'x' };
    expect(redactedValue([one, one])).toEqual([one, one]);
  });
});

describe('the log', () => {
  const lines: Record<string, unknown>[] = [];
  beforeEach(() => {
    lines.length = 0;
    for (const level of ['info', 'warn', 'error'] as const) {
      vi.spyOn(console, level).mockImplementation((line: string) => lines.push(JSON.parse(line)));
    }
  });
  afterEach(() => vi.restoreAllMocks());
  // Powertools keeps a console of its own unless told that this is development.
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  const log = powertoolsLog(new Logger({ serviceName: 'test', logLevel: 'INFO' }), null);

  it.each(['info', 'warn', 'error'] as const)('%s: message and details are redacted', (level) => {
    log[level](`look at ${NEWER}`, { key: OLDER, error: new Error(TOKEN) });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: level.toUpperCase(),
      message: 'look at …MPLE',
      key: '…3QXK',
      service: 'test',
    });
    expect(JSON.stringify(lines[0])).toContain('[link]');
    expect(JSON.stringify(lines[0])).not.toMatch(/AKIA|v1\./);
  });

  it('takes a message alone, and anything circular', () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    log.info('alone');
    log.error('loop', loop);
    expect(lines.map(({ message, self }) => [message, self])).toEqual([
      ['alone', undefined],
      ['loop', '[circular]'],
    ]);
  });

  it('counts, where there are metrics', () => {
    const metrics = new Metrics({ namespace: 'Solekey', serviceName: 'test' });
    const counting = powertoolsLog(new Logger({ serviceName: 'test' }), metrics);
    counting.count('BrokenMessage');
    expect(metrics.serializeMetrics()).toMatchObject({ BrokenMessage: 1, service: 'test' });
    expect(() => log.count('BrokenMessage')).not.toThrow();
  });
});
