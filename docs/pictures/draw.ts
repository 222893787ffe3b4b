/**
 * `npm run pictures`: draws all pictures of the docs again. Tests fail if a committed picture differs. The pictures
 * of mail and page are taken again only if their HTML has changed, because they need a browser.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../functions/core/model/digest.ts';
import { reportPage } from '../../ops/assess/page.ts';
import { pictureMail, picturePage } from './case.ts';
import { pictureDigest, pictureList } from './digest.ts';
import { exampleReport } from './example-account.ts';
import { drawFlow } from './flow.ts';
import { drawLifecycle } from './lifecycle.ts';
import { mailFrame } from './mail-frame.ts';
import { pictureReport } from './report.ts';
import { drawTerminal } from './terminal.ts';

const DOCS = join(import.meta.dirname, '..');

/** The function that draws each picture, by file name below docs/. */
export const PICTURES: Readonly<Record<string, () => string>> = {
  'example-report.html': () => reportPage(exampleReport()),
  'flow.svg': drawFlow,
  'lifecycle.md': drawLifecycle,
  'pictures/assess.svg': drawTerminal,
};

/** The HTML of each photograph, by file name below docs/. */
export const PHOTOGRAPHS: Readonly<Record<string, () => Promise<string>>> = {
  'pictures/mail.png': async () => mailFrame(pictureMail()),
  'pictures/page.png': picturePage,
  'pictures/digest.png': async () => mailFrame(pictureDigest()),
  'pictures/list.png': pictureList,
  'pictures/report.png': pictureReport,
};

/** The file below docs/ that records the HTML and the picture of each photograph as SHA-256. */
export const RECORD = 'pictures/photographs.json';

/** The record of one photograph, as SHA-256 in hex. */
export interface Taken {
  readonly html: string;
  readonly png: string;
}

/** The recorded photographs by file; empty if there is no record. */
export function takenSoFar(): Readonly<Record<string, Taken>> {
  const file = join(DOCS, RECORD);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

async function photographWhatChanged(): Promise<void> {
  const before = takenSoFar();
  const pages = await Promise.all(
    Object.entries(PHOTOGRAPHS).map(async ([file, render]) => ({ file, html: await render() })),
  );
  const changed = pages.filter(
    ({ file, html }) => before[file]?.html !== sha256(html) || !existsSync(join(DOCS, file)),
  );
  if (changed.length === 0) {
    return;
  }
  const { photograph } = await import('./photograph.ts');
  const pictures = await photograph(changed.map(({ html }) => html));
  const taken = changed.map(({ file, html }, n) => {
    const png = pictures[n] ?? Buffer.alloc(0);
    writeFileSync(join(DOCS, file), png);
    return [file, { html: sha256(html), png: sha256(png.toString('base64')) }] as const;
  });
  const record = { ...before, ...Object.fromEntries(taken) };
  writeFileSync(join(DOCS, RECORD), `${JSON.stringify(record, null, 2)}\n`);
}

if (process.argv[1] === import.meta.filename) {
  for (const [file, draw] of Object.entries(PICTURES)) {
    writeFileSync(join(DOCS, file), draw());
  }
  await photographWhatChanged();
}
