import { describe, expect, it } from 'vitest';
import { evidenceFrom } from '../../../functions/core/proposal/context.ts';
import { anAbout } from '../../fakes/about.ts';
import { NEWER, NOW } from '../../fakes/cases.ts';
import { usage } from '../../fakes/usage.ts';

const seen = { at: NOW, keys: [usage([])] };

describe('the evidence beside a case', () => {
  it('is what was stored: usage by key, the facts, and what is for rare use', () => {
    const about = anAbout({ reserved: { user: false, keys: [NEWER] } });
    expect(evidenceFrom({ usage: seen, about }, { usage: [] })).toEqual({
      usage: { [NEWER]: seen.keys[0] },
      about,
      reserved: { user: false, keys: [NEWER] },
    });
  });

  it('is empty where nothing is stored; a key without an entry then waits for its lookup', () => {
    expect(evidenceFrom({ usage: null, about: null }, { usage: [] })).toEqual({ usage: {} });
  });

  it('has no usage without the setting, and the facts all the same', () => {
    expect(evidenceFrom({ usage: seen, about: null }, { usage: null })).toEqual({});
    const about = anAbout();
    expect(Object.keys(evidenceFrom({ usage: seen, about }, { usage: null }))).toEqual(['about', 'reserved']);
  });
});
