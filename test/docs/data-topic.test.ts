import { describe, expect, it } from 'vitest';
import type { NoticeContext } from '../../functions/core/messages/context.ts';
import { renderNews } from '../../functions/core/messages/news.ts';
import { VARIANTS } from '../core/messages/mail-variants.ts';
import { blocksOf, cellsOf, pageText } from './pages.ts';

const page = pageText('docs/data-topic.md');
const [fields = '', notices = ''] = page.split('\n| notice |');
const names = (cell = '') => [...cell.matchAll(/`([\w-]+)`/g)].map(([, name]) => name ?? '');

describe('docs/data-topic.md', () => {
  const news = renderNews(VARIANTS.deactivated as NoticeContext);

  it('shows a message as the product makes it', () => {
    const [example = ''] = blocksOf(page, 'json');
    expect(JSON.parse(example)).toEqual(news);
  });

  it('explains every field, and no other', () => {
    const explained = cellsOf(fields).slice(1);
    expect(explained.flatMap(([field]) => names(field)).sort()).toEqual(Object.keys(news).sort());
    const [key] = news.keys as readonly object[];
    for (const part of [...Object.keys(key ?? {}), ...Object.keys(news.decision ?? {})]) {
      expect(page).toContain(`\`${part}\``);
    }
  });

  it('explains every notice, and no other', () => {
    const explained = cellsOf(`| notice |${notices}`).slice(1);
    const kinds = new Set(Object.values(VARIANTS).map(({ kind }) => kind));
    expect(explained.flatMap(([notice]) => names(notice)).sort()).toEqual([...kinds].sort());
  });
});
