import type { Draw } from '../../core/proposal/corpus/random.ts';
import { addressesIn, type TorturedField, type TorturedForm, textOf } from './forms.ts';

/** How a program fills in a form. */
type Filling = 'untouched' | 'chosen' | 'written';

/**
 * The programs that open links. `submitter`: presses, chooses at random, and writes text of its own · `reader`: writes words
 * of the page, without punctuation · `copier`: writes two words of the page that stand side by side.
 */
export type Writer = 'submitter' | 'reader' | 'copier';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

const four = (draw: Draw): string =>
  Array.from({ length: 4 }, () => LETTERS[Math.floor(draw.share() * LETTERS.length)]).join('');

/** What programs write into boxes: names, dates, yes, and now and then what looks like the end of a key. */
function ownText(draw: Draw, field: TorturedField): string {
  return draw.oneOf<() => string>([
    () => '',
    () => 'test',
    () => 'yes',
    () => 'John Smith',
    () => 'scanner@example.com',
    () => '2026-11-23',
    () => String(Math.floor(draw.share() * 10_000)),
    () => field.name,
    () => 'delete',
    () => 'reactivate',
    () => `delete ${four(draw)}`,
    () => `reactivate ${four(draw)}`,
    () => four(draw),
    () => `${four(draw)} ${four(draw)}`,
    () => 'Ü\u202E\u0000\n<b>',
    () => 'x'.repeat(Math.floor(draw.share() * 1_200)),
  ])();
}

/** The words of a page as a program reads them. */
export function wordsOf(html: string): string[] {
  return textOf(html)
    .split(/\s+/)
    .map((word) => word.replace(/[^\p{L}\p{N}]/gu, ''))
    .filter((word) => word !== '');
}

function text(draw: Draw, writer: Writer, field: TorturedField, words: readonly string[]): string {
  if (writer === 'submitter') {
    return ownText(draw, field);
  }
  const place = Math.floor(draw.share() * words.length);
  return words.slice(place, place + (writer === 'reader' ? 1 : 2)).join(' ');
}

const isText = ({ type }: TorturedField): boolean => type === 'text' || type === 'textarea';

/** What a program sends of a form: hidden fields as they are, everything else as a person could have filled it in. */
export function filledIn(
  { fields }: TorturedForm,
  {
    draw,
    writer,
    words,
  }: { readonly draw: Draw; readonly writer: Writer; readonly words: readonly string[] },
): URLSearchParams {
  const filling = draw.oneOf<Filling>(['untouched', 'chosen', 'written', 'written']);
  const sent = new URLSearchParams();
  for (const field of fields) {
    const { name, values, untouched } = field;
    const value =
      filling === 'untouched' || field.type === 'hidden' || field.type === 'button'
        ? untouched
        : isText(field)
          ? filling === 'written'
            ? text(draw, writer, field, words)
            : untouched
          : field.type === 'checkbox'
            ? draw.oneOf([null, ...values])
            : draw.oneOf([values[0] ?? '', ...values]);
    if (value !== null) {
      sent.append(name, value);
    }
  }
  return sent;
}

/** The headers with which programs open links before anybody clicks. */
export const OPENERS: readonly Readonly<Record<string, string>>[] = [
  {},
  { purpose: 'prefetch' },
  { 'sec-purpose': 'prefetch;prerender' },
  { 'x-moz': 'prefetch' },
  { 'x-purpose': 'preview' },
  { 'user-agent': 'Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1; Safelinks)' },
  { 'user-agent': 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)' },
  { 'user-agent': 'GoogleImageProxy', range: 'bytes=0-1023' },
];

/** The pages that a page leads to, as addresses of the same host; what leads elsewhere is thrown. */
export function pagesLinkedFrom(html: string, url: string): string[] {
  return addressesIn(html).map((address) => {
    const to = new URL(address, url);
    if (to.origin !== new URL(url).origin) {
      throw new Error(`a page leads elsewhere: ${address}`);
    }
    return to.pathname + to.search;
  });
}
