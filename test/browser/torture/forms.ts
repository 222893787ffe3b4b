import { attribute, insideForms, isSet, unescaped, wordsIn } from '../../../sandbox/story/form.ts';

/** A field of a form, with everything that may be chosen for it. */
export interface TorturedField {
  readonly name: string;
  readonly type: string;
  /** As the page has it; of a list of choices, all of them. */
  readonly values: readonly string[];
  /** The value that a browser sends if nobody touches the field; null for nothing. */
  readonly untouched: string | null;
}

/** A form as a program reads it out of a page. */
export interface TorturedForm {
  readonly fields: readonly TorturedField[];
}

/** Every form of a page. Radio buttons of one name are one field; boxes are one each. */
export function formsIn(html: string): TorturedForm[] {
  return insideForms(html).map((content) => ({ fields: fieldsIn(content) }));
}

const CONTROLS =
  /<input\b[^>]*>|(<textarea\b[^>]*>)([\s\S]*?)<\/textarea>|(<select\b[^>]*>)([\s\S]*?)<\/select>|<button\b[^>]*>/g;

function fieldsIn(content: string): TorturedField[] {
  const fields: TorturedField[] = [];
  for (const [all, long, text = '', select, options = ''] of content.matchAll(CONTROLS)) {
    const tag = long ?? select ?? all;
    const name = attribute(tag, 'name');
    if (name === undefined) {
      continue;
    }
    const field =
      long !== undefined
        ? { name, type: 'textarea', values: [unescaped(text)], untouched: unescaped(text) }
        : select !== undefined
          ? selectOf(name, options)
          : all.startsWith('<button')
            ? { name, type: 'button', values: [attribute(tag, 'value') ?? ''], untouched: null }
            : inputOf(name, tag);
    const same = field.type === 'radio' ? fields.findIndex((one) => one.name === name) : -1;
    const before = fields[same];
    if (before === undefined) {
      fields.push(field);
    } else {
      const untouched = before.untouched ?? field.untouched;
      fields[same] = { ...before, values: [...before.values, ...field.values], untouched };
    }
  }
  return fields;
}

function inputOf(name: string, tag: string): TorturedField {
  const type = attribute(tag, 'type') ?? 'text';
  const value = attribute(tag, 'value') ?? (type === 'checkbox' ? 'on' : '');
  const ticks = type === 'radio' || type === 'checkbox';
  return { name, type, values: [value], untouched: ticks && !isSet(tag, 'checked') ? null : value };
}

function selectOf(name: string, inner: string): TorturedField {
  const options = [...inner.matchAll(/<option\b[^>]*>/g)].map(([option]) => option);
  const chosen = options.find((option) => isSet(option, 'selected')) ?? options[0] ?? '';
  return {
    name,
    type: 'select',
    values: options.map((option) => attribute(option, 'value') ?? ''),
    untouched: attribute(chosen, 'value') ?? '',
  };
}

/** The addresses that a page names: every link, and where a form leads. */
export function addressesIn(html: string): string[] {
  return [...html.matchAll(/\s(?:href|action|src)="([^"]*)"/g)].map(([, address = '']) => unescaped(address));
}

/** The words of a page without markup. */
export function textOf(html: string): string {
  const [, body = ''] = /<body>([\s\S]*)<\/body>/.exec(html) ?? [];
  return wordsIn(body);
}

/** The mark of a kind of form: its fields, whatever is in them. */
export function kindOf({ fields }: TorturedForm): string {
  const told = fields.map(({ name, type, values }) =>
    type === 'hidden' && ['step', 'mail'].includes(name) ? `${name}=${values[0]}` : name,
  );
  return [...new Set(told)].sort().join('+');
}
