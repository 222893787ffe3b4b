import { expect } from 'vitest';
import { HOUR, MINUTE } from '../../../functions/core/model/time.ts';
import { passing } from '../../fakes/acts.ts';
import { breakable } from '../../fakes/page.ts';
import { formsIn, type TorturedForm, textOf } from './forms.ts';
import type { Scene } from './scenes.ts';

const ORIGIN = 'https://keys.example.com';

interface Page {
  readonly status: number;
  readonly html: string;
  readonly forms: readonly TorturedForm[];
}

async function ask({ pages, path }: Scene, fields?: Readonly<Record<string, string>>): Promise<Page> {
  const init = fields === undefined ? {} : { method: 'POST', body: new URLSearchParams(fields) };
  const answer = await pages.fetch(new Request(ORIGIN + path, init));
  const html = breakable(await answer.text());
  return { status: answer.status, html, forms: formsIn(html) };
}

const has = (name: string) => (form: TorturedForm) => form.fields.some((field) => field.name === name);

function valuesOf({ fields }: TorturedForm): Record<string, string> {
  return Object.fromEntries(
    fields.map(({ name, values, untouched }) => [name, untouched ?? values[0] ?? '']),
  );
}

/** What the page says to type, such as `delete 3QXK`. */
const toType = ({ html }: Page): string =>
  /<code>((?:delete|reactivate) [^<]+)<\/code>/.exec(html)?.[1] ?? '';

/** The ends of the keys that a check page deactivates: those on its button, and those to include. */
function toDeactivate(page: Page): string {
  const [, button = ''] =
    /<button type="submit">(Deactivate[^<]*|Leave[^<]*)<\/button>/.exec(page.html) ?? [];
  const [, include = ''] = /Include ([^.]*), already deactivated/.exec(textOf(page.html)) ?? [];
  return `${button} ${include}`.match(/(?<=…)[A-Z0-9]{4}/g)?.join(' ') ?? '';
}

/**
 * A person does what the page behind the link is for: decides as proposed, reactivates, or deletes. Returns what that
 * changed in IAM; null if the page has no form for it.
 */
export async function personActs(scene: Scene): Promise<'deactivate' | 'reactivate' | 'delete' | null> {
  const { m, writes } = scene;
  const page = await ask(scene);
  const before = writes.length;
  const done = async (what: 'deactivate' | 'reactivate' | 'delete', answer: Page) => {
    expect([answer.status, what === 'delete' ? '' : textOf(answer.html).trim()]).toEqual([303, '']);
    await scene.settle();
    await passing(m, what === 'delete' ? HOUR : 5 * MINUTE, MINUTE);
    expect(writes.slice(before).map(({ kind }) => kind)).toContain(what);
    return what;
  };
  const choice = page.forms.find(has('keep'));
  if (choice !== undefined) {
    const check = await ask(scene, valuesOf(choice));
    const form = check.forms.find(has('off'));
    expect(form).toBeDefined();
    const answer = { ...valuesOf(form ?? choice), off: toDeactivate(check), reason: 'unused' };
    return done('deactivate', await ask(scene, answer));
  }
  const deletion = page.forms.find(has('remove'));
  if (deletion !== undefined) {
    return done('delete', await ask(scene, { ...valuesOf(deletion), remove: toType(page) }));
  }
  const restore = page.forms.find(has('key'));
  if (restore !== undefined) {
    const check = await ask(scene, valuesOf(restore));
    const form = check.forms.find(has('restore'));
    expect(form).toBeDefined();
    const typed = form !== undefined && has('back')(form) ? { back: toType(check) } : {};
    return done('reactivate', await ask(scene, { ...valuesOf(form ?? restore), ...typed }));
  }
  return null;
}
