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
