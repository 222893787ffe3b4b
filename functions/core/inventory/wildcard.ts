/**
 * True if a pattern of a policy matches the whole text: `*` is any number of characters, `?` exactly one. Unlike
 * `globMatches` for the settings' globs, it makes no regular expression: whoever may write a policy could choose a
 * pattern for which that takes hours. This takes no longer than the product of both lengths.
 */
export function wildcardMatches(pattern: string, text: string): boolean {
  let [at, from] = [0, 0];
  // The latest `*`, and the first character of the text that it does not stand for.
  let [star, open] = [-1, 0];
  while (from < text.length) {
    const wanted = pattern[at];
    if (wanted === '*') {
      [star, open] = [at, from];
      at += 1;
    } else if (wanted === '?' || wanted === text[from]) {
      at += 1;
      from += 1;
    } else if (star >= 0) {
      open += 1;
      [at, from] = [star + 1, open];
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(at));
}
