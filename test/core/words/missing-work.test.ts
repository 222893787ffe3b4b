import { expect, it } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import { UTC } from '../../../functions/core/model/zone.ts';
import { missingWork } from '../../../functions/core/words/missing-work.ts';
import { MAIL, PAGE } from '../../../functions/core/words/style.ts';
import { NONE_KEPT } from '../../../functions/core/words/take-over.ts';
import { allOff, inGrace, key, NEWER, NOW, newer, OLDER, used } from '../../fakes/cases.ts';
import { family, usage } from '../../fakes/usage.ts';

const SINCE = plus(NOW, -7 * DAY);
const before = family({ first: plus(SINCE, -DAY), last: plus(SINCE, -DAY) });
const keys = [newer(), key(OLDER, 'Inactive', { lastUsed: used(plus(SINCE, -DAY)) })];
const off: Case = inGrace({ deactivated: SINCE }, { keys });
const many = ['s3', 'sqs', 'sns', 'ecs', 'sts'].map((service) => ({ ...before, service }));

it('names who was not seen with the kept key: some in a mail, all on a page', () => {
  const evidence = { usage: { [OLDER]: usage(many, { keyId: OLDER }), [NEWER]: usage([]) } };
  const [mail = ''] = missingWork(off, evidence, NOW, UTC, MAIL);
  expect(mail).toContain('...3QXK was in use in the 30 days before it was deactivated. None of the uses');
  expect(mail).toContain('203[.]0[.]113[.]0/24 (boto3), S3, last 15 Nov 2026 (8 days ago)');
  expect(mail).toContain('; 2 more.');
  const [page = ''] = missingWork(off, evidence, NOW, UTC, PAGE, 40);
  expect(page).toContain('…3QXK was in use');
  expect(page.match(/boto3/g)).toHaveLength(5);
  expect(page).not.toContain('more.');
});

it('says that nobody could look', () => {
  const [words = ''] = missingWork(off, { usage: {} }, NOW, UTC, PAGE);
  expect(words).toContain('not looked up (not yet), so nobody can say if the kept key does the work');
});

it('says nothing about a key whose work was seen with the kept key', () => {
  const evidence = { usage: { [OLDER]: usage([before], { keyId: OLDER }), [NEWER]: usage([family()]) } };
  expect(missingWork(off, evidence, NOW, UTC, PAGE)).toEqual([]);
});

it('says that nobody looked with usage off', () => {
  expect(missingWork(off, {}, NOW, UTC, PAGE)).toEqual([
    'The setting usage is off, so Solekey did not check if the kept key does the work.',
  ]);
});

it('says that nothing can do the work where no key was kept', () => {
  expect(missingWork(allOff({ deactivated: SINCE }), { usage: {} }, NOW, UTC, PAGE)).toEqual([
    `…MPLE was in use in the 30 days before it was deactivated. ${NONE_KEPT}`,
  ]);
});
