import { describe, expect, it } from 'vitest';
import { dataMessageSchema } from '../../functions/contracts/for-machines.ts';
import { blocksOf, cellsOf, pageText } from './pages.ts';
import { MESSAGES, withExamples } from './schemas/examples.ts';

const PAGE = 'docs/data-topic.md';
const page = pageText(PAGE);
const [fields = '', notices = ''] = page.split('\n| notice |');
const names = (cell = '') => [...cell.matchAll(/`([\w-]+)`/g)].map(([, name]) => name ?? '');

describe(PAGE, () => {
  const news = MESSAGES.find(([kind]) => kind === 'deactivated')?.[1];

  it('shows a message of each kind as the product makes it (if not: npm run schemas)', () => {
    expect(withExamples(PAGE, page)).toBe(page);
    expect(blocksOf(page, 'json').map((block) => JSON.parse(block))).toEqual(
      MESSAGES.map(([, message]) => message),
    );
  });

  it.each(MESSAGES)('shows %s as its schema says', (_kind, message) => {
    expect(dataMessageSchema.parse(message)).toEqual(message);
  });

  it('explains every field, and no other', () => {
    const explained = cellsOf(fields).slice(1);
    expect(explained.flatMap(([field]) => names(field)).sort()).toEqual(Object.keys(news ?? {}).sort());
    const [key] = news?.keys ?? [];
    for (const part of [...Object.keys(key ?? {}), ...Object.keys(news?.decision ?? {})]) {
      expect(page).toContain(`\`${part}\``);
    }
  });

  it('explains every notice, and no other', () => {
    const explained = cellsOf(`| notice |${notices}`).slice(1);
    expect(explained.flatMap(([notice]) => names(notice)).sort()).toEqual(
      MESSAGES.map(([kind]) => kind).sort(),
    );
  });
});
