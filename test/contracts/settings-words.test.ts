import { describe, expect, it } from 'vitest';
import { meant } from '../../functions/contracts/did-you-mean.ts';
import { parseSettings, settingsSchema } from '../../functions/contracts/settings.ts';

const LEAD = { id: 'sec-lead', name: 'Security lead', email: 'security@example.com' };
const LEAST = { region: 'us-east-1', accountName: 'prod', mode: 'observe', approvers: [LEAD] };

function problemsOf(more: object): readonly string[] {
  const parsed = parseSettings({ ...LEAST, ...more });
  return parsed.ok ? [] : parsed.problems;
}

describe('a setting or a value that was mistyped', () => {
  it.each([
    [{ gracePeriod: 'P7D' }, 'gracePeriod: there is no such setting; did you mean grace? If not, remove it'],
    [{ publicURL: null }, 'did you mean publicUrl?'],
    [{ deleteNotice: 'P1D' }, 'did you mean deletionNotice?'],
    [{ approver: [] }, 'did you mean approvers?'],
    [{ maxRunsPerDay: 3 }, 'maxRunsPerDay: there is no such setting; did you mean config.maxRunsPerDay?'],
    [{ exclude: { user: ['a'] } }, 'exclude.user: there is no such setting; did you mean exclude.users?'],
    [{ only: { users: ['a'], tga: null } }, 'only.tga: there is no such setting; did you mean only.tag?'],
    [{ exclude: { tag: { key: 'a', value: 'b', vaule: 'c' } } }, 'did you mean exclude.tag.value?'],
    [
      { approvers: [{ ...LEAD, emial: 'a' }] },
      'approvers[0].emial: there is no such setting; did you mean approvers[0].email?',
    ],
    [{ config: { evry: 'PT1H' } }, 'did you mean config.every?'],
    [{ mode: 'obsreve' }, 'not "obsreve" (did you mean "observe"?)'],
    [{ mode: 'enforced' }, '(did you mean "enforce"?)'],
    [{ deletion: 'on_confirmation' }, '(did you mean "on-confirmation"?)'],
    [{ region: 'us-east1' }, '(did you mean "us-east-1"?)'],
    [{ escalation: ['sec-laed'] }, 'no approver has the id "sec-laed" (did you mean "sec-lead"?)'],
    [{ config: 'onn' }, '(did you mean "on"?)'],
  ])('%j gets an answer that names the right one', (more, says) => {
    const problems = problemsOf(more);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(says);
  });

  it('is not guessed if nothing is similar', () => {
    expect(problemsOf({ wibble: 1 })).toEqual(['wibble: there is no such setting; remove it']);
    expect(problemsOf({ mode: 'blue' }).join('')).not.toContain('did you mean');
  });

  it.each([
    ['7 days', 'P7D'],
    ['7d', 'P7D'],
    ['2 weeks', 'P14D'],
    ['P1W', 'P7D'],
    ['24h', 'PT24H'],
    ['P24H', 'PT24H'],
    ['30 min', 'PT30M'],
    ['90s', 'PT90S'],
  ])('%s is taken for %s', (written, duration) => {
    expect(problemsOf({ quietPeriod: written }).join('')).toContain(`(did you mean "${duration}"?)`);
  });

  it.each(['P1M', '1 month', '1 year', 'soon', '1.5 days'])('%s could be any duration', (written) => {
    const [problem] = problemsOf({ quietPeriod: written });
    expect(problem).toContain('must be a duration');
    expect(problem).not.toContain('did you mean');
  });

  it('is most like the choice with the fewest other letters', () => {
    expect(meant('statsu', ['start', 'status'])).toBe('status');
    expect(meant('de', ['deletion', 'deletionNotice'])).toBeNull();
    expect(meant('dele', ['deletionNotice', 'deletion'])).toBe('deletion');
  });
});

describe('examples', () => {
  it('begin with observe for the mode', () => {
    expect(problemsOf({ mode: undefined })[0]).toMatch(/^mode: is missing; for example "observe"/);
  });

  it.each(Object.keys(settingsSchema.shape))('there is one for %s', (name) => {
    const [problem] = problemsOf({ [name]: Number.NaN });
    expect(problem).toMatch(new RegExp(`^${name}: .*; for example .`));
  });
});

describe('settings that were not written', () => {
  const noticeOf = (grace: string) => {
    const parsed = parseSettings({ ...LEAST, grace });
    return parsed.ok ? parsed.settings.deletionNotice : parsed.problems;
  };

  it.each([
    ['P7D', 'P1D'],
    ['P2D', 'P1D'],
    ['PT36H', 'PT18H'],
    ['P1D', 'PT12H'],
    ['PT90M', 'PT45M'],
    ['PT15S', 'PT8S'],
  ])('grace %s alone never complains: the deletion is announced %s before', (grace, notice) => {
    expect(noticeOf(grace)).toBe(notice);
  });

  it('are not blamed for a contradiction, but named with their value', () => {
    expect(noticeOf('PT1S')).toEqual(['grace: must be at least two seconds, not "PT1S"; for example "P7D"']);
    expect(problemsOf({ deletionNotice: 'P8D' })[0]).toMatch(
      /^deletionNotice: must be shorter than grace \("P7D", its default\), not "P8D"/,
    );
    expect(problemsOf({ grace: 'P3D', deletionNotice: 'PT1H' })[0]).toMatch(
      /^deletionNotice: must be at least a day or half of grace \("P3D"\)/,
    );
  });

  it('do not hide what is wrong with those that were', () => {
    expect(problemsOf({ grace: 'soon' })).toHaveLength(1);
    expect(problemsOf({ grace: 7 })).toHaveLength(1);
  });
});

describe('the change window', () => {
  const office = { days: ['tue', 'wed', 'thu'], from: '09:00', to: '16:00' };

  it.each([
    [null],
    [office],
    [{ ...office, days: ['sun'], from: '00:00', to: '24:00' }],
    [{ ...office, days: ['sun'], from: '23:45', to: '24:00' }],
    [{ ...office, days: ['sun', 'sun'] }],
  ])('may be %j', (changeWindow) => {
    expect(problemsOf({ changeWindow })).toEqual([]);
  });

  it.each([
    [
      { ...office, days: [] },
      'changeWindow.days: must name at least one day: a window without days never opens',
    ],
    [{ ...office, days: ['Tue'] }, 'changeWindow.days[0]: must be a day of the week (mon, tue, wed'],
    [{ ...office, days: 'tue' }, 'changeWindow.days: must be a list of days, not "tue"; for example ["tue"'],
    [{ ...office, from: '9:00' }, 'changeWindow.from: must be a time of day (HH:MM, 00:00 to 23:59)'],
    [{ ...office, from: '24:00' }, 'changeWindow.from: must be a time of day'],
    [{ ...office, to: '24:01' }, 'changeWindow.to: must be a time of day (HH:MM, 00:01 to 24:00)'],
    [
      { ...office, from: '22:00', to: '02:00' },
      'changeWindow.to: must be later than "from" ("22:00"), not "02:00": a window ends on the day on which it begins',
    ],
    [{ ...office, to: '09:00' }, 'changeWindow.to: must be later than "from" ("09:00"), not "09:00"'],
    [{ ...office, to: '09:14' }, 'must be at least 15 minutes after "from" ("09:00"), not "09:14"'],
    [{ ...office, zone: 'UTC' }, 'changeWindow.zone: there is no such setting; did you mean digest.zone?'],
    ['tue', 'changeWindow: must be an object with "days", "from" and "to", or null, not "tue"'],
  ])('is refused if it is %j', (changeWindow, says) => {
    const problems = problemsOf({ changeWindow });
    expect(problems.join('; ')).toContain(says);
    expect(problems).toHaveLength(1);
  });

  it('must open within the time for which a decision is valid', () => {
    const hundred =
      'stays closed for 113 hours (from thu 16:00 to tue 09:00); for example more days, or decisionValid "P5D"';
    expect(problemsOf({ changeWindow: office, decisionValid: 'P3D' })).toEqual([
      `changeWindow: must open at least once within decisionValid ("P3D"), but ${hundred}`,
    ]);
    expect(problemsOf({ changeWindow: office, decisionValid: 'PT113H' })).toEqual([]);
    expect(
      problemsOf({ changeWindow: { ...office, days: ['thu', 'tue'] }, decisionValid: 'PT112H' }),
    ).toHaveLength(1);
    const weekly = { ...office, days: ['mon'] };
    expect(problemsOf({ changeWindow: weekly })).toEqual([]);
    expect(problemsOf({ changeWindow: weekly, decisionValid: 'P6D' })[0]).toContain(
      '(from mon 16:00 to mon 09:00)',
    );
    expect(
      problemsOf({ changeWindow: { ...office, days: ['sat', 'sun'] }, decisionValid: 'P1D' })[0],
    ).toContain('stays closed for 137 hours (from sun 16:00 to sat 09:00)');
  });
});
