import { describe, expect, it } from 'vitest';
import { parseCloudTrail } from '../../functions/contracts/cloudtrail.ts';
import { OLD_VIOLATIONS } from '../../sandbox/story/found.ts';
import { proposedOn, says } from '../../sandbox/story/page.ts';
import { reviewLine } from '../../sandbox/story/report.ts';
import { creationOf } from '../../sandbox/story/review/creators.ts';
import { differences, expectedKeys } from '../../sandbox/story/review/expected.ts';
import { rowsOn } from '../../sandbox/story/review/list.ts';
import { closedWindow } from '../../sandbox/story/review/window.ts';
import type { Told } from '../../sandbox/story/told.ts';

const on = (id: string) => ({ id, status: 'Active' });
const off = (id: string) => ({ id, status: 'Inactive' });

const decided = (keep: string | null, ...keys: string[]) => ({
  keep,
  off: keys,
  by: 'sec-lead',
  at: '2026-11-24T10:00:00Z',
});

const told = (more: Partial<Told> = {}): Told => ({
  userName: 'old-01',
  names: ['old-01'],
  userId: 'AIDA1',
  before: [on('OLD'), on('NEW')],
  decisions: [],
  restored: [],
  toInboxMs: [],
  ...more,
});

describe('the keys that IAM must show', () => {
  it.each([
    ['nobody decided', {}, [on('OLD'), on('NEW')]],
    ['one is kept', { decisions: [decided('NEW', 'OLD')] }, [on('NEW'), off('OLD')]],
    ['none is kept', { decisions: [decided(null, 'NEW', 'OLD')] }, [off('NEW'), off('OLD')]],
    [
      'both are left by an exception',
      { decisions: [{ ...decided(null), spare: ['NEW', 'OLD'] }] },
      [on('NEW'), on('OLD')],
    ],
    ['it was wanted back', { decisions: [decided('NEW', 'OLD')], restored: ['OLD'] }, [on('NEW'), on('OLD')]],
    [
      'it was wanted back, and the other one went',
      { decisions: [decided('NEW', 'OLD'), decided('OLD', 'NEW')], restored: ['OLD'] },
      [on('OLD'), off('NEW')],
    ],
  ])('if %s', (_, more, keys) => {
    expect(expectedKeys(told(more))).toEqual(keys);
  });
});

describe('the comparison of an old user', () => {
  const one = told({ decisions: [decided('NEW', 'OLD')] });
  const record = { by: 'sec-lead', keep: 'NEW', deactivate: ['OLD'] };

  it('finds nothing if record and IAM say what was decided, in any order of keys', () => {
    expect(differences(one, [record], [off('OLD'), on('NEW')])).toEqual([]);
    expect(differences(told(), [], [on('NEW'), on('OLD')])).toEqual([]);
  });

  it.each([
    ['no record', []],
    ['a record of another', [{ ...record, by: 'platform-lead' }]],
    ['another key on record', [{ ...record, keep: 'OLD', deactivate: ['NEW'] }]],
    ['a record too many', [record, record]],
  ])('finds %s', (_, records) => {
    expect(differences(one, records, [on('NEW'), off('OLD')])).toHaveLength(1);
  });

  it.each([
    ['a key that is still active', [on('NEW'), on('OLD')]],
    ['a key that is gone', [on('NEW')]],
    ['the wrong one', [off('NEW'), on('OLD')]],
    ['a key that nobody knows', [on('NEW'), off('OLD'), on('THIRD')]],
  ])('finds %s in IAM', (_, keys) => {
    expect(differences(one, [record], keys)).toHaveLength(1);
  });

  it('tells an exception from a decision that keeps none', () => {
    const spare = ['OLD', 'NEW'];
    const excepted = told({ decisions: [{ ...decided(null), spare }] });
    const stored = { by: 'sec-lead', keep: null, deactivate: [] };
    expect(differences(excepted, [{ ...stored, spare }], [on('NEW'), on('OLD')])).toEqual([]);
    expect(differences(excepted, [stored], [on('NEW'), on('OLD')])).toHaveLength(1);
  });

  it('finds a record of a user about whom nobody decided', () => {
    expect(differences(told(), [record], [on('NEW'), on('OLD')])).toHaveLength(1);
  });
});

describe('the rows of a list', () => {
  const card = (name: string, rest: string) =>
    `<li class="card"><p class="hint">Decision needed</p><h2><a href="v1/AIDA-1">${name}</a></h2>${rest}<details><ul><li>…ABCD</li></ul></details></li>`;

  it('are read with the address of their page and their box', () => {
    const html = `<ul class="cards">${card('anna', '<label><input type="checkbox" name="row" value="A-1"> Decide</label>')}${card('b&amp;en', '')}</ul>`;
    expect(rowsOn({ url: 'http://127.0.0.1/l/v1?after=x', html })).toEqual([
      { userName: 'anna', url: 'http://127.0.0.1/l/v1/AIDA-1', box: 'A-1' },
      { userName: 'b&en', url: 'http://127.0.0.1/l/v1/AIDA-1', box: null },
    ]);
  });
});

describe('the closed window', () => {
  it.each([
    ['2026-11-27T10:15:00.000Z', { from: '23:00', to: '24:00' }, '2026-11-27T23:00:00.000Z'],
    ['2026-11-27T11:00:00.000Z', { from: '23:00', to: '24:00' }, '2026-11-27T23:00:00.000Z'],
    ['2026-11-27T11:00:00.001Z', { from: '00:00', to: '01:00' }, '2026-11-28T00:00:00.000Z'],
    ['2026-12-31T23:59:59.000Z', { from: '12:00', to: '13:00' }, '2027-01-01T12:00:00.000Z'],
  ])('at %s opens half a day later', (now, times, opensAt) => {
    const window = closedWindow(Date.parse(now));
    expect(window.settings.changeWindow).toMatchObject(times);
    expect(window).toMatchObject({ opensAt, opens: `${times.from} UTC` });
  });
});

describe('pages', () => {
  it('say words whatever markup is within them', () => {
    const html = '<p>You created <span class="key">…4X5N</span>, so\nanother must</p>';
    expect(says({ html }, 'You created …4X5N, so another')).toBe(true);
    expect(says({ html }, 'You created …4X5N.')).toBe(false);
  });

  it('propose the key that they call proposed, or none', () => {
    const radio = (id: string, words: string) =>
      `<label><input type="radio" name="keep" value="${id}" required\n id="keep"> <span class="key">…1</span>${words}</label>`;
    const page = (html: string) => ({ url: '', status: 200, html, forms: [] });
    expect(proposedOn(page(radio('AKIA2', ', as proposed. Confidence') + radio('AKIA1', '')))).toBe('AKIA2');
    expect(proposedOn(page(radio('AKIA1', '') + radio('AKIA2', '')))).toBeNull();
  });
});

describe('the report', () => {
  it('counts the users of the review', () => {
    const back = told({ decisions: [decided('NEW', 'OLD')], restored: ['OLD'] });
    const one = told({ decisions: [decided('NEW', 'OLD')] });
    const spare = told({ decisions: [{ ...decided(null), spare: ['OLD', 'NEW'] }] });
    expect(reviewLine([back, one, spare, told()])).toEqual([
      'The review of the old account: 2 of 4 users decided, 1 not now, 1 open; keys of 1 were wanted back.',
    ]);
    expect(reviewLine([])).toEqual([]);
  });
});

describe('the old users', () => {
  it('are thirty, each with two active keys and one part', () => {
    expect(OLD_VIOLATIONS).toHaveLength(30);
    expect(new Set(OLD_VIOLATIONS.map(({ userName }) => userName)).size).toBe(30);
    const active = OLD_VIOLATIONS.map(({ keys }) => keys.filter(({ status }) => status === 'Active').length);
    expect(new Set(active)).toEqual(new Set([2]));
  });

  it('get creators from records that Solekey reads', () => {
    const detail = creationOf('123456789012', 'old-01', 'AKIAIOSFODNN7EXAMPLE');
    expect(parseCloudTrail({ source: 'aws.iam', detail })).toMatchObject({
      kind: 'event',
      odd: [],
      origin: { keyId: 'AKIAIOSFODNN7EXAMPLE', createdBy: 'role/KeyPipeline' },
    });
  });
});
