/** A sign by which mail programs recognise links, or how a mail writes it instead. */
const LINKING = /\[(?:\.|@|\/\/)\]|@|\/\/|(?<=[^\s.])\.(?=[^\s.])/g;

/**
 * A text chosen by other people in which no mail program finds a link or an address: `john[.]smith`, `a[@]b[.]example`. It
 * asks nobody which endings are domains, because each mail program has its own list. A text that was already written so
 * stays as it is.
 */
export function unlinked(text: string): string {
  return text.replace(LINKING, (sign) => (sign.startsWith('[') ? sign : `[${sign}]`));
}
