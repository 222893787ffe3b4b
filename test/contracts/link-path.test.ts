import { describe, expect, it } from 'vitest';
import { linkPath } from '../../functions/contracts/link.ts';
import { linkedPage, rowPath } from '../../functions/contracts/link-path.ts';
import { USER_ID } from '../fakes/cases.ts';

describe('the path of a link', () => {
  it('leads to the page of its scope and purpose, after any prefix', () => {
    for (const purpose of ['decide', 'restore', 'view'] as const) {
      const page = { scope: 'case', purpose, token: 'v1.a.b' };
      expect(linkedPage(linkPath(purpose, 'v1.a.b'))).toEqual(page);
      expect(linkedPage(`/prod/keys${linkPath(purpose, 'v1.a.b')}`)).toEqual(page);
    }
    for (const purpose of ['list', 'list-view'] as const) {
      expect(linkedPage(linkPath(purpose, 'v2ab'))).toEqual({ scope: 'list', token: 'v2ab', row: null });
    }
  });

  it('leads to a report, which has no rows', () => {
    expect(linkedPage(linkPath('report', 'v2ab'))).toEqual({ scope: 'report', token: 'v2ab' });
    expect(linkedPage('/prod/p/v2ab')).toEqual({ scope: 'report', token: 'v2ab' });
    expect(linkedPage(`/p/v2ab/${USER_ID}-12`)).toBeNull();
  });

  it('of a list may name a row', () => {
    const row = { userId: USER_ID, caseNumber: 12 };
    expect(rowPath('v2ab', row)).toBe(`/l/v2ab/${USER_ID}-12`);
    expect(linkedPage(`/prod${rowPath('v2ab', row)}`)).toEqual({ scope: 'list', token: 'v2ab', row });
  });

  it.each([
    '/',
    '/c',
    '/c/',
    '/x/v1.a.b',
    '/c/v1.a.b/',
    '/c/v1.a.b/AIDAX-1',
    '/l/v2ab/',
    '/l/v2ab/AIDAX',
    '/l/v2ab/AIDAX-0',
    '/l/v2ab/AIDAX-01',
    '/l/v2ab/AIDA.X-1',
    '/l/v2ab/AIDAX-1/more',
    `/l/v2ab/AIDAX-1${'0'.repeat(15)}`,
    '/a/b/c/d/e/c/v1.a.b',
  ])('is not %s', (path) => {
    expect(linkedPage(path)).toBeNull();
  });
});
