/** An input of a form, as in the page's markup. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly value: string;
  readonly checked: boolean;
}

/** The inputs of one form. */
export interface Form {
  readonly fields: readonly Field[];
}

const UNESCAPED: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/** Text out of markup. */
export function unescaped(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39);/g, (written) => UNESCAPED[written] ?? written);
}

/** The words of a page, or a part of it, without markup. */
export const wordsIn = (html: string): string => unescaped(html.replace(/<[^>]*>/g, ' '));

/** An attribute's value in an opening tag; undefined if the tag has none of this name. */
export function attribute(tag: string, name: string): string | undefined {
  const [, value] = new RegExp(`\\s${name}="([^"]*)"`).exec(tag) ?? [];
  return value === undefined ? undefined : unescaped(value);
}

/** True if an opening tag has this attribute, which needs no value. */
export const isSet = (tag: string, name: string): boolean => new RegExp(`\\s${name}(?=[\\s>=])`).test(tag);

/** The markup between the tags of each form. */
export function insideForms(html: string): string[] {
  return [...html.matchAll(/<form\b[^>]*>([\s\S]*?)<\/form>/g)].map(([, content = '']) => content);
}

/**
 * Reads every form of a page. Tags are matched by patterns, which is enough because our pages are flat and always
 * quote attributes.
 */
export function readForms(html: string): Form[] {
  return insideForms(html).map((content) => ({
    fields: [
      ...content.matchAll(
        /<(input|select|textarea)\b[^>]*>(?:(?<=<(?:select|textarea)\b[^>]*>)([\s\S]*?)<\/\1>)?/g,
      ),
    ].map(([whole, tag = '', inside = '']) => fieldOf(tag, whole.slice(0, whole.indexOf('>') + 1), inside)),
  }));
}

function fieldOf(tag: string, opening: string, inside: string): Field {
  const name = attribute(opening, 'name') ?? '';
  switch (tag) {
    case 'select':
      return { name, type: tag, value: chosenIn(inside), checked: false };
    case 'textarea':
      return { name, type: tag, value: unescaped(inside), checked: false };
    default:
      return {
        name,
        type: attribute(opening, 'type') ?? 'text',
        value: attribute(opening, 'value') ?? '',
        checked: isSet(opening, 'checked'),
      };
  }
}

/** The value that a list of options has before anybody chooses: the selected one, or the first. */
function chosenIn(options: string): string {
  const [first = '', ...others] = options.match(/<option\b[^>]*>/g) ?? [];
  const chosen = [first, ...others].find((option) => isSet(option, 'selected')) ?? first;
  return attribute(chosen, 'value') ?? '';
}

/** A person's input by field: several values for boxes of the same name. */
export type Typed = Readonly<Record<string, string | readonly string[]>>;

/** The data that a browser would send: what the page has put in, replaced by what the person chose or typed. */
export function filledIn(form: Form, typed: Typed): URLSearchParams {
  const sent = new URLSearchParams();
  for (const { name, type, value, checked } of form.fields) {
    const isBox = type === 'radio' || type === 'checkbox';
    if (!Object.hasOwn(typed, name) && (checked || !isBox)) {
      sent.append(name, value);
    }
  }
  for (const [name, values] of Object.entries(typed)) {
    if (!form.fields.some((field) => field.name === name)) {
      throw new Error(`the form has no field "${name}"`);
    }
    for (const value of typeof values === 'string' ? [values] : values) {
      sent.append(name, value);
    }
  }
  return sent;
}
