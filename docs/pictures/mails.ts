/**
 * `npm run mails`: shows every golden mail as a phone does (390 px, a proportional font), for review: one HTML page and a picture for
 * each few mails, in .sandbox/mails.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mailSheet } from './mail-frame.ts';
import { photographSheets } from './photograph.ts';

const ROOT = join(import.meta.dirname, '../..');
const GOLDEN = join(ROOT, 'test/core/messages/golden');
const OUT = join(ROOT, '.sandbox/mails');

/** Phones side by side on one picture, and mails on it. */
const [PHONES, ON_A_SHEET] = [4, 8];

/** The mails of a golden file: one, or several with a heading each. */
function mailsIn(file: string) {
  const text = readFileSync(join(GOLDEN, file), 'utf8');
  return text.split(/^(?=Subject: )/m).flatMap((part, index, parts) => {
    const [, subject = '', body = ''] = /^Subject: (.*)\n\n([\s\S]*?)(?=\n## |$(?![\s\S]))/.exec(part) ?? [];
    const heading = /^## (.*)$/m.exec(parts.slice(0, index).at(-1) ?? '')?.[1] ?? '';
    const mail = { to: 'security@example.com', subject, body };
    return subject === '' ? [] : [{ name: `${file} ${heading}`, mail }];
  });
}

const files = readdirSync(GOLDEN, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.txt'),
);
const mails = files.sort().flatMap(mailsIn);
const sheets = Array.from({ length: Math.ceil(mails.length / ON_A_SHEET) }, (_, n) =>
  mailSheet(mails.slice(n * ON_A_SHEET, (n + 1) * ON_A_SHEET)),
);
rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
writeFileSync(join(OUT, 'index.html'), mailSheet(mails));
(await photographSheets(sheets, PHONES)).forEach((png, n) => {
  writeFileSync(join(OUT, `${String(n + 1).padStart(2, '0')}.png`), png);
});
process.stdout.write(
  `${mails.length} mails: ${join(OUT, 'index.html')}, and ${sheets.length} pictures beside it.\n`,
);
