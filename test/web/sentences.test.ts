import { describe, expect, it } from 'vitest';
import type { Mistake } from '../../functions/core/page/choice.ts';
import { howToMend, keyList, keysWith, nameOf, whatWasDecided } from '../../functions/web/sentences.ts';
import { NEWER, NOW, OLDER, POLICY, THIRD } from '../fakes/cases.ts';

const mistakes: Mistake[] = [
  { field: 'keep', code: 'none-chosen' },
  { field: 'keep', code: 'not-active' },
  { field: 'off', code: 'empty' },
  { field: 'off', code: 'unreadable' },
  { field: 'off', code: 'not-these' },
  { field: 'off', code: 'names-kept', keep: NEWER },
  { field: 'back', code: 'not-these' },
  { field: 'remove', code: 'not-asked', keys: [NEWER, OLDER] },
  { field: 'remove', code: 'not-these', keys: [NEWER, OLDER] },
  { field: 'inUse', code: 'not-acknowledged', keys: [NEWER, OLDER] },
];

describe('what pages say', () => {
  const all = mistakes.map((mistake) => howToMend(mistake, '24 hours'));

  it('is a different sentence each time', () => {
    expect(new Set(all).size).toBe(all.length);
  });

  it.each(all)('%s', (sentence) => {
    expect(sentence).toMatch(/^[A-Z…].*\.$/);
    expect(sentence).not.toMatch(/AKIA|undefined|reconcile|wake|observation/);
  });

  it('names people as others know them', () => {
    expect(nameOf(POLICY, 'sec-lead')).toBe('Security lead');
    expect(nameOf(POLICY, 'gone-lead')).toBe('gone-lead');
  });

  it('names keys by their last four characters', () => {
    expect(keyList([NEWER])).toBe('…MPLE');
    expect(keyList([NEWER, OLDER, THIRD])).toBe('…MPLE, …3QXK and …R7WZ');
    expect(keysWith([NEWER], 'is', 'are')).toBe('…MPLE is');
    expect(keysWith([NEWER, OLDER], 'is', 'are')).toBe('…MPLE and …3QXK are');
  });

  it('says who decided what, and claims nothing about an answer without a link', () => {
    const ask = { kind: 'keep' as const, keep: NEWER, off: [OLDER], acknowledged: [] };
    const restore = { kind: 'restore' as const, keys: [OLDER] };
    expect(whatWasDecided({ by: 'sec-lead', at: NOW, ask }, POLICY, 'sec-lead')).toMatch(/^You decided on /);
    expect(whatWasDecided({ by: 'sec-lead', at: NOW, ask: restore }, POLICY, 'platform-lead')).toMatch(
      /^Security lead asked on .* to reactivate …3QXK\.$/,
    );
    const confirm = { kind: 'confirm' as const, keys: [OLDER] };
    expect(whatWasDecided({ by: 'sec-lead', at: NOW, ask: confirm }, POLICY, 'sec-lead')).toMatch(
      /^You confirmed on .*: delete …3QXK permanently\.$/,
    );
    expect(whatWasDecided({ by: null, at: NOW, ask }, POLICY, 'sec-lead')).toContain('It is not valid');
  });
});
