import { describe, expect, it } from 'vitest';
import { formerSettingsIn, parseSettings } from '../../functions/contracts/settings.ts';

const LEAD = { id: 'sec-lead', name: 'Security lead', email: 'security@example.com' };
const LEAST = { region: 'us-east-1', accountName: 'prod', mode: 'observe', approvers: [LEAD] };

function countedAs(more: object): readonly string[] | string {
  const parsed = parseSettings({ ...LEAST, ...more });
  return parsed.ok ? parsed.settings.countAsCompliant : parsed.problems.join('\n');
}

describe('exclusionsCountAsCompliant, which countAsCompliant replaced in 0.9.0', () => {
  it.each<[object, readonly string[]]>([
    [{}, []],
    [{ exclusionsCountAsCompliant: true }, ['exclusions']],
    [{ exclusionsCountAsCompliant: false }, []],
    [{ countAsCompliant: ['exceptions'] }, ['exceptions']],
    [{ countAsCompliant: ['exceptions', 'exclusions'] }, ['exceptions', 'exclusions']],
    [
      { countAsCompliant: ['exclusions', 'exceptions'], exclusionsCountAsCompliant: true },
      ['exclusions', 'exceptions'],
    ],
    [{ countAsCompliant: ['exceptions'], exclusionsCountAsCompliant: false }, ['exceptions']],
  ])('%j means %j', (more, counted) => {
    expect(countedAs(more)).toEqual(counted);
  });

  it.each<[readonly string[], boolean, string]>([
    [[], true, 'is true, but countAsCompliant, which replaces it, does not list "exclusions"'],
    [['exceptions'], true, 'does not list "exclusions"'],
    [['exclusions'], false, 'is false, but countAsCompliant, which replaces it, lists "exclusions"'],
  ])(
    '%j beside %s is refused, because nobody should guess which one counts',
    (countAsCompliant, former, says) => {
      const problem = countedAs({ countAsCompliant, exclusionsCountAsCompliant: former });
      expect(problem).toContain(`exclusionsCountAsCompliant: is ${former}, but`);
      expect(problem).toContain(says);
      expect(problem).toMatch(
        /; remove exclusionsCountAsCompliant; for example only countAsCompliant: \["exclusions"\]$/,
      );
    },
  );

  it('is refused together with everything else that is wrong', () => {
    const problems = countedAs({ exclusionsCountAsCompliant: 'yes', grace: 'soon' });
    expect(problems).toMatch(
      /^exclusionsCountAsCompliant: must be true or false, not "yes"; .*\ngrace: must/,
    );
    expect(countedAs({ exclusionsCountAsCompliant: 1, countAsCompliant: 'all' })).toMatch(
      /^exclusionsCountAsCompliant: .*\ncountAsCompliant: must be a list/,
    );
  });

  it('is read beside a setting of a newer release', () => {
    const document = { ...LEAST, exclusionsCountAsCompliant: true, moodEvery: 'P1D' };
    expect(parseSettings(document, 'ignore')).toMatchObject({
      ok: true,
      ignored: ['moodEvery'],
      settings: { countAsCompliant: ['exclusions'] },
    });
  });

  it('is told with what to write instead', () => {
    const told = (document: unknown) => formerSettingsIn(document).join();
    expect(told({ exclusionsCountAsCompliant: true })).toBe(
      '"exclusionsCountAsCompliant" is still read, but a later release will refuse it. Replace it by "countAsCompliant": ["exclusions"].',
    );
    expect(told({ exclusionsCountAsCompliant: false })).toContain('Replace it by "countAsCompliant": [].');
    expect([LEAST, null, 'text'].map(told)).toEqual(['', '', '']);
  });
});
