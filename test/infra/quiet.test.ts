import { afterEach, expect, it, vi } from 'vitest';
import { withoutBundlingLines } from '../../infra/quiet.ts';

const written: string[] = [];
const spy = vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
  written.push(String(chunk));
  return true;
});
afterEach(() => {
  written.length = 0;
});

it('leaves out the lines about bundling and no other', () => {
  const made = withoutBundlingLines(() => {
    process.stderr.write('Bundling asset Solekey/Sweep/Function/Code/Stage...\n');
    process.stderr.write('Failed to bundle asset Solekey/Sweep/Function/Code/Stage\n');
    process.stderr.write(Buffer.from('WARNING\n'));
    return 7;
  });
  expect(made).toBe(7);
  expect(written).toEqual(['Failed to bundle asset Solekey/Sweep/Function/Code/Stage\n', 'WARNING\n']);
});

it('writes everything again afterwards, also after a failure', () => {
  const fail = () => {
    throw new Error('no esbuild');
  };
  expect(() => withoutBundlingLines(fail)).toThrow('no esbuild');
  expect(process.stderr.write).toBe(spy);
});
