import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linkPath } from '../../functions/contracts/link.ts';
import type { Case, ClosedAs, HeldReason } from '../../functions/core/case/case.ts';
import { buildApp } from '../../functions/web/app.ts';
import { aCase, aDecision, inGrace, NOW, newer, OLDER, older, restoringSince } from '../fakes/cases.ts';
import { page } from '../fakes/page.ts';
import { literalsIn } from './literals.ts';
import { FUNCTIONS, INTERNAL, PHRASES, type Phrase } from './phrases.ts';

const ROOT = join(import.meta.dirname, '../..');

interface Text {
  /** `file:line`, or what the text is. */
  readonly at: string;
  readonly text: string;
}

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

function filesIn(folder: string, name: RegExp): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => name.test(file))
    .map((file) => join(folder, file));
}

/** Every literal with a space: names, paths and codes are not for users. */
function literals(paths: readonly string[]): Text[] {
  return paths.flatMap((path) =>
    literalsIn(read(path))
      .filter(({ text }) => text.trim().includes(' '))
      .map(({ line, text }) => ({ at: `${path}:${line}`, text: oneLine(text) })),
  );
}

/** Every paragraph, list item and row of a Markdown page. */
function paragraphs(path: string): Text[] {
  return read(path)
    .replace(/^ *```[\s\S]*?^ *```$/gm, '')
    .replace(/`[^`]*`/g, '`')
    .split(/\n\s*\n|\n(?=\s*(?:[-|#]|\d+\.) ?)/)
    .map((text) => ({ at: path, text: oneLine(text) }));
}

const TYPESCRIPT = /\.ts$/;

const MAILS = filesIn('test/core/messages/golden', /\.txt$/).flatMap((path) =>
  read(path)
    .split('\n\n')
    .map((text) => ({ at: path, text: oneLine(text) })),
);
const READ_BY_APPROVERS = [
  ...MAILS,
  ...literals([
    ...['words', 'messages'].flatMap((room) => filesIn(`functions/core/${room}`, TYPESCRIPT)),
    ...filesIn('functions/web', TYPESCRIPT),
    'functions/core/config/annotation.ts',
  ]),
];
const READ_BY_OPERATORS = [
  ...literals(['functions/contracts/settings.ts']),
  ...literals(['ops', 'infra', 'sandbox'].flatMap((folder) => filesIn(folder, TYPESCRIPT))),
  ...paragraphs('README.md'),
];
const DOCS = filesIn('docs', /\.md$/)
  .filter((path) => !path.startsWith('docs/adr/'))
  .flatMap(paragraphs);

const held = (heldFor: HeldReason) => ({
  ...inGrace({}, { phase: 'held', heldFor, decision: null, askedAgain: { code: 'in-use', keyId: OLDER } }),
});
const closed = (closedAs: ClosedAs) => aCase({ phase: 'closed', closedAs, keys: [newer()] });

/** A case for every state that a page has. */
const PAGES: Readonly<Record<string, Case>> = {
  question: aCase(),
  'asked again': aCase({ askedAgain: { code: 'approver-removed', by: 'gone-lead' } }),
  rotation: aCase({ phase: 'rotating', rotationFrom: NOW }),
  'one key inactive': inGrace({}, { decision: null, asking: 3 }),
  decided: aCase({ phase: 'approved', decision: aDecision() }),
  grace: inGrace(),
  restoring: inGrace({ restoring: restoringSince(NOW) }),
  confirm: inGrace({}, { phase: 'awaiting-confirmation' }),
  deleting: inGrace({ deleting: NOW }),
  excluded: aCase({ phase: 'excluded', excluded: true }),
  'by hand': inGrace({}, { excluded: true }),
  waiting: aCase({ keys: [newer(), older('Inactive')] }),
  unknown: held('unknown'),
  'no active key': held('no-active-key'),
  'restore by hand': held('restore-by-hand'),
  'used after deactivation': held('used-after-deactivation'),
  remediated: closed('remediated'),
  'by owner': closed('by-owner'),
  'user gone': closed('user-gone'),
  deactivated: closed('deactivated'),
};

/** The words of a page as a person sees them: each element is a text of its own. */
async function rendered([name, current]: [string, Case]): Promise<Text[]> {
  const world = page(current);
  const answer = await buildApp(world.ports).request(linkPath('decide', await world.link()));
  const html = (await answer.text()).replace(/<style>[\s\S]*?<\/style>/, '');
  return html
    .split(/<\/(?:p|li|h1|h2|td|th|label|legend|button|title)>/)
    .map((text) => ({ at: `page: ${name}`, text: oneLine(text.replace(/<[^>]*>/g, ' ')) }));
}

const found = (texts: readonly Text[], { phrase }: Phrase) => texts.filter(({ text }) => phrase.test(text));

describe('texts for users', () => {
  it('are found in literals, whatever stands around them', () => {
    const source = [
      "// it's not",
      `const a = \`one \${f('two', /'/)} three\`;`,
      `/* 'no' */ const b = "it's";`,
    ].join('\n');
    expect(literalsIn(source)).toEqual([
      { line: 2, text: 'two' },
      { line: 2, text: 'one … three' },
      { line: 3, text: "it's" },
    ]);
    expect(READ_BY_APPROVERS.length).toBeGreaterThan(1_000);
    expect(READ_BY_OPERATORS.length).toBeGreaterThan(400);
    expect(DOCS.length).toBeGreaterThan(200);
  });

  it.each([...PHRASES, ...INTERNAL, ...FUNCTIONS])('$catches', ({ phrase, catches }) => {
    expect(catches).toMatch(phrase);
  });

  it.each(PHRASES)('never say $phrase but: $instead', (one) => {
    expect(found([...READ_BY_APPROVERS, ...READ_BY_OPERATORS, ...DOCS], one)).toEqual([]);
  });

  it.each(INTERNAL)('never say $phrase but: $instead', (one) => {
    expect(found([...READ_BY_APPROVERS, ...READ_BY_OPERATORS], one)).toEqual([]);
  });

  it.each(FUNCTIONS)('name no function to an approver: $phrase', (one) => {
    expect(found(READ_BY_APPROVERS, one)).toEqual([]);
  });
});

describe('pages', () => {
  it.each(Object.entries(PAGES))('keep to the same words: %s', async (...shown) => {
    const texts = await rendered(shown);
    expect(texts.length).toBeGreaterThan(3);
    expect([...PHRASES, ...INTERNAL, ...FUNCTIONS].flatMap((one) => found(texts, one))).toEqual([]);
  });
});
