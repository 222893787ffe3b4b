/** The tags between which a browser shows text as it is, markup included. */
const VERBATIM = /^<(?:style|title|textarea|option)\b/;

/** The tags after which the text is kept in one line already. */
const KEPT = /^<span class="(?:key|whole)">/;

/** A key as pages write it: its last four characters, or the whole id in a command. */
const KEY = /…[A-Z0-9]{4}(?![A-Za-z0-9])|\bA[KS]IA[A-Z0-9]{12,124}\b/g;

/**
 * A page's markup in which no key is broken across lines. Browsers break after the dots, and half a key is easily mistaken for
 * another one. It is done here, once, because keys stand in sentences, headings, buttons and commands.
 */
export function keysInOneLine(markup: string): string {
  let tag = '';
  return markup
    .split(/(<[^>]*>)/)
    .map((part, place) => {
      if (place % 2 === 1) {
        tag = part;
        return part;
      }
      return VERBATIM.test(tag) || KEPT.test(tag)
        ? part
        : part.replace(KEY, (id) => `<span class="whole">${id}</span>`);
    })
    .join('');
}
