/** The string and template literals of TypeScript source, with the line they begin on. */
export interface Literal {
  readonly line: number;
  /** What stands in `${}` is left out as `…`. */
  readonly text: string;
}

/** A comment, a literal or a regular expression, whichever begins first. A regular expression follows an operator or a bracket. */
const TOKEN =
  /\/\/.*|\/\*[\s\S]*?\*\/|'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`|(?<=[=(,:;!&|?{}[]\s*)\/(?![*/])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[dgimsuvy]*/g;

/** All literals of a source, those inside `${}` included. */
export function literalsIn(source: string): Literal[] {
  const found: Literal[] = [];
  const lineAt = (index: number) => source.slice(0, index).split('\n').length;

  /** Reads code from `from` to the brace that closes it (or the end), and returns the index behind that. */
  function code(from: number): number {
    const token = new RegExp(`${TOKEN.source}|[{}]`, 'g');
    token.lastIndex = from;
    for (let depth = 1, match = token.exec(source); match !== null; match = token.exec(source)) {
      const [text, single, double] = match;
      if (text === '`') {
        token.lastIndex = template(match.index + 1);
      } else if (text === '{' || text === '}') {
        depth += text === '{' ? 1 : -1;
        if (depth === 0) {
          return token.lastIndex;
        }
      } else if (single !== undefined || double !== undefined) {
        found.push({ line: lineAt(match.index), text: (single ?? double ?? '').replace(/\\(.)/g, '$1') });
      }
    }
    return source.length;
  }

  /** Reads a template from behind its first backtick, and returns the index behind its last. */
  function template(from: number): number {
    let text = '';
    for (let at = from; at < source.length; ) {
      const part = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*/y;
      part.lastIndex = at;
      const plain = part.exec(source)?.[0] ?? '';
      text += plain;
      at += plain.length;
      if (source[at] === '`') {
        found.push({ line: lineAt(from), text });
        return at + 1;
      }
      text += '…';
      at = code(at + 2);
    }
    return source.length;
  }

  code(0);
  return found;
}
