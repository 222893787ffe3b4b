import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../functions/contracts/settings.ts';
import { cellsOf, pageText } from './pages.ts';

describe('the table of settings', () => {
  const rows = cellsOf(pageText('docs/settings.md')).slice(1);
  const shape = settingsSchema.shape;
  const bare = (cell = '') => cell.replaceAll('`', '');

  it('has every setting of the schema, and no other', () => {
    expect(rows.map(([name]) => bare(name)).sort()).toEqual(Object.keys(shape).sort());
  });

  it.each(rows)('%s has its real default: %s', (name, told = '') => {
    const found = shape[bare(name) as keyof typeof shape].safeParse(undefined);
    if (!found.success) {
      return expect(told).toBe('required');
    }
    expect(JSON.parse(bare(told))).toEqual(found.data);
  });

  it.each(rows)('%s says whether it may be no time at all', (name, _, meaning = '') => {
    const schema = shape[bare(name) as keyof typeof shape];
    if (!schema.safeParse('PT1H').success || bare(name) === 'accountName') {
      return;
    }
    expect(meaning.includes('may be `PT0S`')).toBe(schema.safeParse('PT0S').success);
  });

  it('names the parts of settings that have parts', () => {
    const about = (setting: string) => rows.find(([name]) => bare(name) === setting)?.join(' ');
    for (const part of Object.keys(shape.approvers.element.shape)) {
      expect(about('approvers')).toContain(`"${part}"`);
    }
    for (const part of Object.keys(shape.exclude.unwrap().shape)) {
      expect(about('exclude')).toContain(`"${part}"`);
    }
  });
});
