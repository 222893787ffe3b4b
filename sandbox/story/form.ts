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

function unescaped(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39);/g, (written) => UNESCAPED[written] ?? written);
}

function attribute(tag: string, name: string): string | undefined {
  const [, value] = new RegExp(`\\s${name}="([^"]*)"`).exec(tag) ?? [];
  return value === undefined ? undefined : unescaped(value);
}

/**
 * Reads every form of a page. Tags are matched by patterns, which is enough because our pages are flat and always
 * quote attributes.
 */
export function readForms(html: string): Form[] {
  return [...html.matchAll(/<form\b[^>]*>([\s\S]*?)<\/form>/g)].map(([, content = '']) => ({
    fields: [...content.matchAll(/<input\b[^>]*>/g)].map(([tag]) => ({
      name: attribute(tag, 'name') ?? '',
      type: attribute(tag, 'type') ?? 'text',
      value: attribute(tag, 'value') ?? '',
      checked: /\schecked(?=[\s>=])/.test(tag),
    })),
  }));
}

/** The data that a browser would send: hidden fields unchanged, and what the person chose or typed. */
export function filledIn(form: Form, typed: Readonly<Record<string, string>>): URLSearchParams {
  const sent = new URLSearchParams();
  for (const { name, type, value } of form.fields) {
    if (type === 'hidden') {
      sent.set(name, value);
    }
  }
  for (const [name, value] of Object.entries(typed)) {
    if (!form.fields.some((field) => field.name === name)) {
      throw new Error(`the form has no field "${name}"`);
    }
    sent.set(name, value);
  }
  return sent;
}
