import { describe, expect, it } from 'vitest';
import { caseEventDetailSchema } from '../../functions/contracts/for-machines.ts';
import { DETAIL_TYPE } from '../../functions/core/messages/case-events.ts';
import { blocksOf, cellsOf, pageText, shellBlocks } from './pages.ts';
import { EVENTS, withExamples } from './schemas/examples.ts';

const PAGE = 'docs/events.md';
const page = pageText(PAGE);
const [kinds = '', fields = ''] = page.split('\n| field of `detail` |');

describe(PAGE, () => {
  it('shows an event of each kind as the product makes it (if not: npm run schemas)', () => {
    expect(withExamples(PAGE, page)).toBe(page);
    expect(blocksOf(page, 'json').map((block) => JSON.parse(block))).toEqual(
      EVENTS.map(({ detailType, detail }) => ({ source: 'solekey', 'detail-type': detailType, detail })),
    );
  });

  it.each(EVENTS)('shows "$detailType" as its schema says', ({ detail }) => {
    expect(caseEventDetailSchema.parse(detail)).toEqual(detail);
  });

  it('explains every kind, and no other', () => {
    const explained = cellsOf(kinds).slice(1);
    expect(explained.map(([type, event]) => [event?.replaceAll('`', ''), type?.replaceAll('`', '')])).toEqual(
      Object.entries(DETAIL_TYPE),
    );
  });

  it('explains every field, and no other', () => {
    const explained = cellsOf(`| field of \`detail\` |${fields}`).slice(1);
    const named = explained.flatMap(([field = '']) =>
      [...field.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    );
    expect(named.sort()).toEqual(Object.keys(EVENTS[0]?.detail ?? {}).sort());
  });

  it('its rules choose by what the product puts', () => {
    const text = shellBlocks(page).join('\n');
    const [types = '[]'] = /(?<="detail-type": )\[[^\]]*\]/.exec(text) ?? [];
    for (const type of JSON.parse(types) as string[]) {
      expect(Object.values(DETAIL_TYPE)).toContain(type);
    }
    for (const [, path = ''] of text.matchAll(/\$\.detail\.(\w+)/g)) {
      expect(Object.keys(EVENTS[0]?.detail ?? {})).toContain(path);
    }
  });

  it('its rule for a chat makes what Amazon Q expects', () => {
    const targets = /--targets '(\[\{[\s\S]*?\}\])'/.exec(page)?.[1] ?? '';
    const [{ InputTransformer: transformer }] = JSON.parse(targets) as [
      { readonly InputTransformer: { readonly InputPathsMap: object; readonly InputTemplate: string } },
    ];
    const made = transformer.InputTemplate.replaceAll(/<(\w+)>/g, (_, name: string) => {
      expect(Object.keys(transformer.InputPathsMap)).toContain(name);
      return 'x';
    });
    expect(JSON.parse(made)).toMatchObject({
      version: '1.0',
      source: 'custom',
      content: { title: 'x', description: '`x` in x' },
    });
  });
});
