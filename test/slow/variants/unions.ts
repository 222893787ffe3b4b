/** Finds our unions in the source text, as the formatter leaves it, and adds a variant to one. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where unions live that more than one file speaks of. */
const FOLDERS = ['functions/core', 'functions/app', 'functions/contracts'];

/** An exported type that is a union of string literals or of objects that one field tells apart. */
export interface Union {
  /** `path/to/file.ts Name` */
  readonly name: string;
  readonly file: string;
  /** `text`: of string literals. `objects`: of objects, or of names of such. */
  readonly of: 'text' | 'objects';
  /** Where in the file a further variant may be put in. */
  readonly end: number;
}

/** All of them, in the order of their names. */
export function unionsIn(root: string): Union[] {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `${folder}/${file}`),
  );
  return files
    .flatMap((file) => unionsOf(file, readFileSync(join(root, file), 'utf8')))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The unions that one file exports. */
export function unionsOf(file: string, source: string): Union[] {
  const text = blanked(source);
  return [...text.matchAll(/^export type (\w+) =/gm)].flatMap((match): Union[] => {
    const from = match.index + match[0].length;
    const end = endOf(text, from, ';');
    // A union in brackets behind what all its members have in common.
    const bracket = text.slice(from, end).search(/& \(\n/);
    const begin = bracket < 0 ? from : from + bracket + 3;
    const last = bracket < 0 ? end : endOf(text, begin, ')');
    const kind = kindOf(membersOf(text.slice(begin, last)));
    const name = `${file} ${match[1]}`;
    return kind === null ? [] : [{ name, file, of: kind, end: last }];
  });
}

/** The source with one variant more. */
export function withVariant(source: string, { end }: Union, variant: string): string {
  return `${source.slice(0, end)} | ${variant}${source.slice(end)}`;
}

/** The same text with comments made blank, so that nothing in them is taken for code. */
function blanked(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, ' '));
}

/** Where a statement or a bracket ends, from inside it on. */
function endOf(text: string, from: number, closing: ';' | ')'): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (depth === 0 && character === closing) {
      return at;
    }
    depth += '({['.includes(character) ? 1 : ')}]'.includes(character) ? -1 : 0;
  }
  throw new Error(`There is no end: ${text.slice(from, from + 80)}`);
}

function membersOf(body: string): string[] {
  const members = [''];
  let depth = 0;
  for (const character of body) {
    depth += '({[<'.includes(character) ? 1 : ')}]>'.includes(character) ? -1 : 0;
    if (depth === 0 && character === '|') {
      members.push('');
    } else {
      members.push(`${members.pop() ?? ''}${character}`);
    }
  }
  return members.map((member) => member.trim()).filter((member) => member !== '');
}

function kindOf(members: readonly string[]): Union['of'] | null {
  const all = (pattern: RegExp) => members.every((member) => pattern.test(member));
  const some = (pattern: RegExp) => members.some((member) => pattern.test(member));
  if (members.length < 2 || some(/^(?:null|undefined|string|number|boolean)$/)) {
    return null;
  }
  if (some(/^['`]/) && all(/^(?:['`]|\w+$)/)) {
    return 'text';
  }
  return all(/^(?:[{(]|[A-Z]\w*(?:<[\s\S]*>)?$)/) ? 'objects' : null;
}
