import { describe, expect, it } from 'vitest';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import { takeOver } from '../../../functions/core/usage/take-over.ts';
import type { NotLookedUp } from '../../../functions/core/usage/usage.ts';
import { NOW } from '../../fakes/cases.ts';
import { family, usage } from '../../fakes/usage.ts';

const SINCE = plus(NOW, -DAY);
const before = { first: plus(NOW, -9 * DAY), last: plus(NOW, -2 * DAY) };
const [s3, sts] = [family(before), family({ ...before, service: 'sts' })];
const [s3Now, stsNow] = [family(), family({ service: 'sts' })];
const unread = (why: NotLookedUp) => usage([], { lookup: { kind: 'not-looked-up', why } });

describe('a take-over', () => {
  it('is complete if every family is seen with the kept key since', () => {
    expect(takeOver(usage([s3, sts]), usage([stsNow, s3Now]), SINCE)).toEqual({ kind: 'taken-over' });
    expect(takeOver(usage([s3]), usage([family({ last: SINCE })]), SINCE)).toEqual({ kind: 'taken-over' });
  });

  it('is partial if one is missing, which is named', () => {
    const verdict = takeOver(usage([s3, sts]), usage([s3Now]), SINCE);
    expect(verdict).toEqual({ kind: 'partly', missing: [sts], hidden: 0 });
  });

  it.each([
    ['from another network', family({ source: { kind: 'network', network: '198.51.100.0/24' } })],
    ['by another program', family({ agent: 'aws-cli' })],
    ['to another service', stsNow],
    ['in another Region', family({ region: 'us-east-1' })],
    ['before the deactivation only', s3],
    ['that all fail', family({ count: 3, errors: 3 })],
  ])('is not seen in calls %s', (_, call) => {
    expect(takeOver(usage([s3]), usage([call]), SINCE)).toEqual({ kind: 'not-seen', missing: [s3] });
  });

  it('is seen in calls that fail if they always did, and in calls that fail at times', () => {
    const failing = { count: 3, errors: 3 };
    expect(takeOver(usage([{ ...s3, ...failing }]), usage([family(failing)]), SINCE).kind).toBe('taken-over');
    expect(takeOver(usage([s3]), usage([family({ count: 3, errors: 2 })]), SINCE).kind).toBe('taken-over');
  });

  it('is never complete if something of the deactivated key is unknown', () => {
    const off = usage([s3], { leftOut: 2, unread: 1 });
    expect(takeOver(off, usage([s3Now]), SINCE)).toEqual({ kind: 'partly', missing: [], hidden: 3 });
  });

  it('has nothing to compare if no use of the deactivated key was seen', () => {
    expect(takeOver(usage([]), usage([s3Now]), SINCE)).toEqual({ kind: 'not-seen', missing: [] });
  });

  it.each<NotLookedUp>(['off', 'waiting', 'throttled', 'denied', 'failed'])('is not looked up: %s', (why) => {
    expect(takeOver(unread(why), usage([s3Now]), SINCE)).toEqual({ kind: 'not-looked-up', why });
    expect(takeOver(usage([s3]), unread(why), SINCE)).toEqual({ kind: 'not-looked-up', why });
  });
});
