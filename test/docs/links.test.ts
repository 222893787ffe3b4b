import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchorsOf, FILES, inBackticks, PAGES, pageText, proseOf, ROOT } from './pages.ts';

/** Links and pictures of a page, but those that lead out of the repository. */
function targetsOf(page: string): string[] {
  const found = [...proseOf(page).matchAll(/\]\(([^)\s]+)\)|<img [^>]*src="([^"]+)"/g)];
  return found.map(([, link, picture]) => link ?? picture ?? '').filter((target) => !/^[a-z]+:/.test(target));
}

/** What is wrong with a target as seen from a page; empty when it leads somewhere. */
function problemWith(page: string, target: string): string {
  const [file = '', anchor] = target.split('#');
  const path = file === '' ? page : posix.join(posix.dirname(page), file);
  if (!existsSync(join(ROOT, path))) {
    return `${page}: there is no ${path}`;
  }
  const found = anchor === undefined || anchorsOf(pageText(path)).includes(anchor);
  return found ? '' : `${page}: ${path} has no heading #${anchor}`;
}

/** Whether words in backticks are a path in the repository, from its root on. */
const TOP = /^(?:functions|infra|ops|docs|sandbox|house|test|\.ci)\//;

/** Whether words in backticks are the bare name of a file of ours. */
const BARE = /^[\w-]+(?:\.test)?\.(?:ts|mjs|py|md|json|svg|grit)$/;

/** Files that are named and lie outside the repository, or exist only once something has run. */
const NOT_OURS: readonly string[] = [
  'credential-report.csv',
  'manifest.json',
  'population.json',
  'report.html',
  'report.json',
  'settings.json',
];

function missing(page: string): string[] {
  return inBackticks(page).filter((words) => {
    if (TOP.test(words) && /^[\w./-]+$/.test(words)) {
      return !existsSync(join(ROOT, words));
    }
    return (
      BARE.test(words) && !NOT_OURS.includes(words) && !FILES.some((file) => posix.basename(file) === words)
    );
  });
}

describe.each(PAGES)('%s', (page) => {
  const text = pageText(page);

  it('links to pages and headings that exist', () => {
    const problems = targetsOf(text).map((target) => problemWith(page, target));
    expect(problems.filter((problem) => problem !== '')).toEqual([]);
  });

  it('names files that exist', () => {
    expect(missing(text)).toEqual([]);
  });

  it('names decision records that exist', () => {
    const named = [...text.matchAll(/\badrs?[ /](\d{3})/gi)].map(([, number = '']) => number);
    expect(named.filter((number) => !PAGES.some((path) => path.startsWith(`docs/adr/${number}-`)))).toEqual(
      [],
    );
  });
});

describe('the checks above', () => {
  it('find a link, a heading, a picture, a path and a file that are not there', () => {
    const page = 'docs/remove.md';
    const targets = targetsOf('[a](nowhere.md) [b](cost.md#no-such) <img src="pictures/no.png" alt="">');
    expect(targets.map((target) => problemWith(page, target))).toEqual([
      'docs/remove.md: there is no docs/nowhere.md',
      'docs/remove.md: docs/cost.md has no heading #no-such',
      'docs/remove.md: there is no docs/pictures/no.png',
    ]);
    expect(missing('`functions/core/no.ts` and `no-such.ts`, but `functions/core/judge/judge.ts`')).toEqual([
      'functions/core/no.ts',
      'no-such.ts',
    ]);
  });

  it('read every page that people are given', () => {
    const wanted = ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/operate.md'];
    expect(PAGES).toEqual(expect.arrayContaining([...wanted, 'docs/adr/001-toolchain-and-dependencies.md']));
  });
});

it('code and tests name pages that exist', () => {
  const sources = FILES.filter((file) => /\.(?:ts|mjs|py)$/.test(file));
  const wrong = sources.flatMap((file) => {
    const named = [...readFileSync(join(ROOT, file), 'utf8').matchAll(/\bdocs\/[\w./-]*\w/g)];
    return named
      .map(([path]) => path)
      .filter((path) => !existsSync(join(ROOT, path)) && !FILES.some((one) => one.startsWith(`${path}-`)))
      .map((path) => `${file}: ${path}`);
  });
  expect(wrong).toEqual([]);
});
