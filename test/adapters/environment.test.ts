import { afterEach, describe, expect, it, vi } from 'vitest';
import { named } from '../../functions/adapters/environment.ts';

afterEach(() => vi.unstubAllEnvs());

describe('a name from the environment', () => {
  it('is what is set', () => {
    vi.stubEnv('TABLE_NAME', 'cases');
    expect(named('TABLE_NAME')).toBe('cases');
  });

  it.each([undefined, ''])('%j is a broken deployment, and says which variable', (value) => {
    vi.stubEnv('TABLE_NAME', value);
    expect(() => named('TABLE_NAME')).toThrow('The environment variable TABLE_NAME is not set.');
  });
});
