import { afterEach, describe, expect, it, vi } from 'vitest';
import { healthSettingsOf, loadPolicy, policyOf } from '../../functions/adapters/settings.ts';
import { parseSettings, type Settings } from '../../functions/contracts/settings.ts';
import { DAY, HOUR, MINUTE } from '../../functions/core/model/time.ts';

const document = {
  region: 'us-east-1',
  accountName: 'prod-payments',
  mode: 'enforce',
  approvers: [{ id: 'sec-lead', name: 'Security lead', email: 'Security@Example.com' }],
  grace: 'P3DT12H',
  notifyAfter: 'PT90S',
  quietPeriod: 'PT24H',
  exceptionMaximum: 'P30D',
};

function settings(): Settings {
  const parsed = parseSettings(document);
  if (!parsed.ok) {
    throw new Error(parsed.problems.join('; '));
  }
  return parsed.settings;
}

const bundled = (text: string) =>
  vi.stubGlobal('SOLEKEY_SETTINGS_BASE64', Buffer.from(text, 'utf8').toString('base64'));

afterEach(() => vi.unstubAllGlobals());

describe('the policy', () => {
  it('has durations in seconds, addresses in lower case, and defaults filled in', () => {
    expect(policyOf(settings())).toMatchObject({
      accountName: 'prod-payments',
      mode: 'enforce',
      approvers: [{ id: 'sec-lead', name: 'Security lead', email: 'security@example.com' }],
      grace: 3 * DAY + 12 * HOUR,
      notifyAfter: 90,
      settle: MINUTE,
      quietPeriod: DAY,
      exceptionMaximum: 30 * DAY,
      linkValidity: 14 * DAY,
    });
  });

  it.each([
    ['23:05', 'Europe/Berlin', { at: { hour: 23, minute: 5 }, zone: 'Europe/Berlin' }],
    ['07:00', 'Mars/Olympus', { at: { hour: 7, minute: 0 }, zone: 'UTC' }],
  ])('mails digests at %s in %s, or by UTC if this runtime does not know the zone', (at, zone, digest) => {
    expect(policyOf({ ...settings(), digest: { at, zone } }).digest).toEqual(digest);
  });

  it('has the change window on the clocks of the digest, and one that never opens in a zone that this runtime does not know', () => {
    const days: ('tue' | 'thu')[] = ['tue', 'thu'];
    const changeWindow = { days, from: '09:30', to: '24:00' };
    const times = { from: { hour: 9, minute: 30 }, to: { hour: 24, minute: 0 } };
    const windowIn = (zone: string) =>
      policyOf({ ...settings(), changeWindow, digest: { at: '07:00', zone } }).changeWindow;
    expect(windowIn('Europe/Berlin')).toEqual({ days, ...times, zone: 'Europe/Berlin' });
    expect(windowIn('Mars/Olympus')).toEqual({ days: [], ...times, zone: 'UTC' });
    expect(policyOf(settings()).changeWindow).toBeNull();
  });

  it('has a mode for each user if only some are changed, and one for all in observe mode', () => {
    const only = { users: ['svc/*'], tag: { key: 'solekey', value: 'enforce' } };
    expect(policyOf({ ...settings(), only }).mode).toEqual({ only });
    expect(policyOf({ ...settings(), only, mode: 'observe' }).mode).toBe('observe');
    expect(policyOf(settings()).mode).toBe('enforce');
  });

  it('has every duration as a number that the clock can add', () => {
    const numbers = Object.entries(policyOf(settings())).filter(([, value]) => typeof value === 'number');
    expect(numbers.length).toBeGreaterThan(8);
    for (const [name, value] of numbers) {
      expect(Number.isFinite(value), name).toBe(true);
    }
  });
});

describe('loading what was shipped', () => {
  it('reads the bundle', () => {
    bundled(JSON.stringify(settings()));
    expect(loadPolicy()).toEqual(policyOf(settings()));
  });

  it('keeps names in any script', () => {
    const approvers = [{ id: 'a', name: 'Žofie', email: 'z@example.com' }];
    bundled(JSON.stringify({ ...settings(), approvers }));
    expect(loadPolicy().approvers[0]?.name).toBe('Žofie');
  });

  it('says so when there is nothing', () => {
    expect(() => loadPolicy()).toThrow('SOLEKEY_SETTINGS_BASE64 is not defined');
  });

  it.each(['', '{"approvers": [{"email": "security@example.com"', 'not JSON'])(
    'says so when it is no document, without quoting it: %j',
    (text) => {
      bundled(text);
      expect(() => loadPolicy()).toThrow(
        /^The settings in this bundle are not the base64 of a JSON document\.$/,
      );
    },
  );

  it.each(['approvers', 'exclude', 'config', 'grace', 'settle'] as const)(
    'does not start with a document that no deployment completed: without %s',
    (name) => {
      const { [name]: _left, ...rest } = settings();
      bundled(JSON.stringify(rest));
      expect(() => loadPolicy()).toThrow();
    },
  );

  it('goes on without settings of a newer release', () => {
    bundled(JSON.stringify({ ...settings(), moodEvery: 'P1D' }));
    expect(loadPolicy()).toEqual(policyOf(settings()));
  });
});

it('operators are those of the settings, else the approvers; the recorder is in the Region of the stack unless another is named', () => {
  const least = parseSettings({
    region: 'us-east-1',
    accountName: 'prod-payments',
    mode: 'observe',
    approvers: ['A@example.com', 'a@example.com'].map((email, n) => ({ id: `a-${n}`, name: 'A', email })),
  });
  const settings = least.ok ? least.settings : expect.fail();
  expect(healthSettingsOf(settings)).toEqual({
    operators: ['a@example.com'],
    recorderRegions: ['us-east-1'],
  });
  const config = { ...settings.config, recorderRegions: ['eu-west-1'] };
  expect(healthSettingsOf({ ...settings, operators: ['Ops@example.com'], config })).toEqual({
    operators: ['ops@example.com'],
    recorderRegions: ['eu-west-1'],
  });
});
