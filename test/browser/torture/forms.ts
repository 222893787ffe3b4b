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

const ESCAPES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** Text out of markup. */
export function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (_all, code) => ESCAPES[String(code)] ?? '');
}

function attribute(tag: string, name: string): string | null {
  const [, value] = new RegExp(`\\s${name}="([^"]*)"`).exec(tag) ?? [];
  return value === undefined ? null : unescaped(value);
}

const isSet = (tag: string, name: string): boolean => new RegExp(`\\s${name}(?=[\\s>=])`).test(tag);

/** Every form of a page. Radio buttons of one name are one field. */
export function formsIn(html: string): TorturedForm[] {
  return [...html.matchAll(/<form\b[^>]*>([\s\S]*?)<\/form>/g)].map(([, content = '']) => ({
    fields: [...inputs(content), ...longTexts(content), ...selects(content), ...buttons(content)],
  }));
}

function inputs(content: string): TorturedField[] {
  const fields: TorturedField[] = [];
  for (const [tag] of content.matchAll(/<input\b[^>]*>/g)) {
    const [name, type] = [attribute(tag, 'name') ?? '', attribute(tag, 'type') ?? 'text'];
    const value = attribute(tag, 'value') ?? (type === 'checkbox' ? 'on' : '');
    const ticks = type === 'radio' || type === 'checkbox';
    const untouched = ticks && !isSet(tag, 'checked') ? null : value;
    const same = type === 'radio' ? fields.findIndex((one) => one.name === name) : -1;
    const before = fields[same];
    if (before === undefined) {
      fields.push({ name, type, values: [value], untouched });
    } else {
      fields[same] = {
        ...before,
        values: [...before.values, value],
        untouched: before.untouched ?? untouched,
      };
    }
  }
  return fields;
}

function longTexts(content: string): TorturedField[] {
  return [...content.matchAll(/(<textarea\b[^>]*>)([\s\S]*?)<\/textarea>/g)].map(
    ([, tag = '', text = '']) => ({
      name: attribute(tag, 'name') ?? '',
      type: 'textarea',
      values: [unescaped(text)],
      untouched: unescaped(text),
    }),
  );
}

function selects(content: string): TorturedField[] {
  return [...content.matchAll(/(<select\b[^>]*>)([\s\S]*?)<\/select>/g)].map(([, tag = '', inner = '']) => {
    const options = [...inner.matchAll(/<option\b[^>]*>/g)].map(([option]) => option);
    const values = options.map((option) => attribute(option, 'value') ?? '');
    const chosen = options.find((option) => isSet(option, 'selected')) ?? options[0] ?? '';
    return {
      name: attribute(tag, 'name') ?? '',
      type: 'select',
      values,
      untouched: attribute(chosen, 'value') ?? '',
    };
  });
}

/** Buttons that send something. */
function buttons(content: string): TorturedField[] {
  return [...content.matchAll(/<button\b[^>]*>/g)].flatMap(([tag]) => {
    const name = attribute(tag, 'name');
    const value = attribute(tag, 'value') ?? '';
    return name === null ? [] : [{ name, type: 'button', values: [value], untouched: value }];
  });
}

/** The addresses that a page names: every link, and where a form leads. */
export function addressesIn(html: string): string[] {
  return [...html.matchAll(/\s(?:href|action|src)="([^"]*)"/g)].map(([, address = '']) => unescaped(address));
}

/** The words of a page without markup. */
export function textOf(html: string): string {
  const [, body = ''] = /<body>([\s\S]*)<\/body>/.exec(html) ?? [];
  return unescaped(body.replace(/<[^>]*>/g, ' '));
}

/** The mark of a kind of form: its fields, whatever is in them. */
export function kindOf({ fields }: TorturedForm): string {
  const told = fields.map(({ name, type, values }) =>
    type === 'hidden' && ['step', 'mail'].includes(name) ? `${name}=${values[0]}` : name,
  );
  return [...new Set(told)].sort().join('+');
}
