import { afterAll, beforeAll, describe, vi } from 'vitest';
import { bus } from './parts/bus.ts';
import { callsPerDetection } from './parts/calls.ts';
import { configAlone } from './parts/config.ts';
import { control } from './parts/control.ts';
import { deliveries } from './parts/deliveries.ts';
import { health } from './parts/health.ts';
import { links } from './parts/links.ts';
import { mail } from './parts/mail.ts';
import { withoutIdempotency } from './parts/once.ts';
import { overlap } from './parts/overlap.ts';
import { pages } from './parts/pages.ts';
import { records } from './parts/records.ts';
import { rights } from './parts/rights.ts';
import { schedule } from './parts/schedule.ts';
import { survey } from './parts/survey.ts';
import { usage } from './parts/usage.ts';
import { launchStack, type Stack } from './stack.ts';

vi.setConfig({ testTimeout: 90_000 });

/** The template as synthesised, on the emulators. One world for all of it, because the synthesis takes the longest. */
describe('deployed', () => {
  let launched: Stack | undefined;
  const stack = (): Stack => {
    if (launched === undefined) {
      throw new Error('nothing is deployed');
    }
    return launched;
  };
  beforeAll(async () => {
    launched = await launchStack();
  }, 180_000);
  afterAll(() => launched?.launched.stop());

  describe('health', () => health(stack));
  describe('usage', () => usage(stack));
  describe('calls', () => callsPerDetection(stack));
  describe('event bus', () => bus(stack));
  describe('deliveries', () => deliveries(stack));
  describe('pages', () => pages(stack));
  describe('overlap', () => overlap(stack));
  describe('without idempotency', () => withoutIdempotency(stack));
  describe('AWS Config alone', () => configAlone(stack));
  describe('survey', () => survey(stack));
  // Before the commands, which subscribe an address anew.
  describe('mail', () => mail(stack));
  describe('control', () => control(stack));
  describe('records', () => records(stack));
  describe('schedule', () => schedule(stack));
  describe('rights', () => rights(stack));
  // Last, over all mails.
  describe('links', () => links(stack));
});
