import { describe, expect, it } from 'vitest';
import { csvText } from '../../../functions/adapters/csv.ts';
import { previousValidationSchema, validationSchema } from '../../../functions/contracts/validation.ts';
import { alteredCase } from '../../../functions/core/case/unread.ts';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import {
  VALIDATION_COLUMNS,
  validationCells,
  validationText,
} from '../../../functions/core/validation/files.ts';
import { aCase, inGrace, key, NEWER, NOW, newer, OLDER, POLICY } from '../../fakes/cases.ts';
import { aRecord, aRow, idOf, judged, none, one, REPORTED, two, UNREAD } from './population.ts';

const NEVER_USED = key(NEWER, 'Active', { created: plus(NOW, -DAY) });

/** A validation with a user in every state that an auditor looks for. */
const EVERYBODY = judged(
  [
    two('violating'),
    one('fine'),
    one('report', REPORTED),
    one('older-facts', { ...REPORTED, unreadAt: NOW }),
    one('unread', { ...UNREAD, tags: null, console: null }),
    two('excluded'),
    one('renamed'),
    one('grace'),
    none('lost'),
    aRow('idle', [NEVER_USED]),
    one('=cmd|calc'),
    one('a\u202eb'),
  ],
  {
    remediated: ['fine', 'lost', 'idle', 'left'].map((name) => aRecord(name)),
    cases: [
      { ...inGrace(), userId: idOf('grace'), userName: 'grace', opened: plus(NOW, -2 * DAY) },
      alteredCase(aCase({ userId: idOf('excluded') })),
    ],
    policy: { ...POLICY, exclude: { tag: null, users: ['excluded'] }, usage: [] },
    previous: { at: plus(NOW, -DAY), users: [{ userId: idOf('renamed'), userName: 'before' }] },
  },
);

const cells = (name: string) =>
  validationCells(EVERYBODY).find(({ user }) => user === name) ?? { user: 'nobody' };

describe('validation.json', () => {
  it('has everything, a line for each user, and is what its schema says', () => {
    const text = validationText(EVERYBODY);
    expect(validationSchema.parse(JSON.parse(text))).toEqual(EVERYBODY);
    expect(text.split('\n')).toHaveLength(EVERYBODY.users.length + 3);
    expect(text).not.toContain('\u202e');
    expect(validationSchema.parse(JSON.parse(validationText(judged([]))))).toEqual(judged([]));
  });

  it('of a newer release is read as far as the next validation needs it', () => {
    const newerOne = { ...EVERYBODY, schema: 2, further: true };
    const { at, users } = previousValidationSchema.parse(JSON.parse(validationText(newerOne)));
    expect(at).toBe(NOW);
    expect(users[0]).toEqual({ userId: idOf('violating'), userName: 'violating', count: 'more' });
  });
});

describe('validation.csv', () => {
  it('has one row for each user, with the time and the age of the facts', () => {
    expect(validationCells(EVERYBODY)).toHaveLength(13);
    expect(cells('report')).toMatchObject({ read: 'report', minutes_old: 240, active_keys: 1, fine: true });
    expect(cells('unread')).toMatchObject({
      active_keys: 'not read',
      minutes_old: 'not read',
      fine: false,
      not_vouched_because: 'The keys could not be read, and the credential report does not have this user.',
    });
    expect(cells('older-facts')).toMatchObject({ fine: false, count: 'unknown', active_keys: 1 });
  });

  it('says what remains of whom, and what to do next', () => {
    expect(cells('fine')).toMatchObject({
      remaining: 'ok',
      expected_key_ids: NEWER,
      active_key_ids: NEWER,
      remaining_last_used: newer().lastUsed.kind === 'used' ? '2026-11-23T14:10:00.000Z' : '',
      next_step: null,
      case: 3,
    });
    expect(cells('idle')).toMatchObject({ remaining_last_used: 'never' });
    expect(cells('lost')).toMatchObject({ remaining: 'none', remaining_last_used: 'not read' });
    expect(cells('violating')).toMatchObject({
      remaining: null,
      next_step: expect.stringMatching(/^Wait for/),
    });
    expect(cells('excluded')).toMatchObject({ excluded_by: 'name', phase: null, open_since: null });
    expect(cells('renamed')).toMatchObject({ renamed_from: 'before' });
    expect(cells('grace')).toMatchObject({
      open_before: true,
      phase: 'grace',
      pending: `${OLDER}: in its grace period`,
      take_over: `${OLDER}: not-looked-up`,
    });
  });

  it('has no formula and no character that is not seen', () => {
    const text = csvText(VALIDATION_COLUMNS, validationCells(EVERYBODY));
    expect(text).toContain("'=cmd|calc");
    expect(text).not.toContain('\u202e');
    expect(text.split('\n')[0]).toBe(VALIDATION_COLUMNS.join(','));
  });
});
