import { describe, expect, it } from 'vitest';
import { parseForm } from '../../functions/contracts/decision-form.ts';
import { NEWER, OLDER } from '../fakes/cases.ts';

const facts = 'a'.repeat(64);
const parse = (fields: [string, string][] | Record<string, string>) =>
  parseForm(Buffer.from(new URLSearchParams(fields).toString()));

describe('the forms of answers until a date', () => {
  it('choose "not now", before and after the keys are chosen, with what was typed before', () => {
    expect(parse({ step: 'check', keep: 'not-now', facts })).toEqual({
      kind: 'check-not-now',
      spare: null,
      until: '',
      facts,
    });
    const again = { reason: '', comment: ' why ', until: '2027-01-31' };
    expect(parse({ step: 'check', keep: 'not-now', facts, ...again })).toMatchObject({
      until: '2027-01-31',
      grounds: { reason: null, comment: 'why' },
    });
    const boxes: [string, string][] = [
      ['step', 'spare'],
      ['key', NEWER],
      ['key', OLDER],
      ['facts', facts],
    ];
    expect(parse(boxes)).toMatchObject({ kind: 'check-not-now', spare: [NEWER, OLDER] });
    expect(parse({ step: 'spare', facts })).toMatchObject({ kind: 'check-not-now', spare: [] });
    expect(parse({ step: 'later', facts })).toEqual({ kind: 'check-keep-inactive', until: '', facts });
  });

  it('another choice forgets the date of an answer that was refused', () => {
    expect(
      parse({ step: 'check', keep: NEWER, reason: '', comment: 'x', until: '2027-01-31', facts }),
    ).toEqual({
      kind: 'check-keep',
      keep: NEWER,
      grounds: { reason: null, comment: 'x' },
      facts,
    });
  });

  it('answer, with the keys as typed', () => {
    const given = { until: '2027-01-31', comment: 'why', stay: 'mple 3qxk', facts };
    expect(parse({ spare: `${NEWER} ${OLDER}`, ...given })).toMatchObject({
      kind: 'not-now',
      spare: [NEWER, OLDER],
      stay: { fours: ['MPLE', '3QXK'] },
      off: { fours: [] },
      inUse: false,
      shownInUse: [],
      grounds: { reason: null, comment: 'why' },
    });
    expect(parse({ inactive: OLDER, ...given })).toMatchObject({ kind: 'keep-inactive', keys: [OLDER] });
    // A browser sends an empty box, and a program may leave it out: the page says what is missing.
    expect(parse({ inactive: OLDER, facts })).toMatchObject({ kind: 'keep-inactive', until: '' });
  });

  it.each<[string, Record<string, string>]>([
    ['a key that is none', { spare: 'x', until: '', facts }],
    ['no key', { spare: '', until: '', facts }],
    ['the digest of no page', { spare: NEWER, facts: 'x' }],
    ['a key to keep as well', { spare: NEWER, keep: OLDER, facts }],
    ['a step beside an answer', { spare: NEWER, step: 'check', facts }],
    ['both answers', { spare: NEWER, inactive: OLDER, facts }],
    ['a day without end', { inactive: OLDER, until: '2'.repeat(1001), facts }],
    ['another step', { step: 'never', facts }],
  ])('are none with %s', (_what, fields) => {
    expect(parse(fields)).toBeNull();
  });
});
