/** A place in a text, as editors count: both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

const STRING = /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/**
 * The place from which a text is no JSON any more; the end for one that is. JSON.parse names it in some versions of Node
 * only, and as a number of characters.
 */
export function firstMistake(text: string): Place {
  let at = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.test(text);
    at = found ? pattern.lastIndex : at;
    return found;
  };
  const list = (item: () => boolean, close: RegExp): boolean => {
    if (take(close)) {
      return true;
    }
    do {
      if (!item()) {
        return false;
      }
    } while (take(/\s*,/y));
    return take(close);
  };
  const value = (): boolean => {
    take(/\s*/y);
    if (take(/\{/y)) {
      return list(member, /\s*\}/y);
    }
    return take(/\[/y) ? list(value, /\s*\]/y) : take(STRING) || take(SCALAR);
  };
  const member = (): boolean => {
    take(/\s*/y);
    return take(STRING) && take(/\s*:/y) && value();
  };
  value();
  take(/\s*/y);
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
