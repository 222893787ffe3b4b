import { linkPath } from '../../../functions/contracts/link.ts';
import type { Case } from '../../../functions/core/case/case.ts';
import type { LinkPurpose } from '../../../functions/core/case/requests.ts';
import type { Policy } from '../../../functions/core/model/policy.ts';
import { buildApp } from '../../../functions/web/app.ts';
import { filledIn, readForms } from '../../../sandbox/story/form.ts';
import { CASES } from '../../app/matrix/rows.ts';
import { aCase, NEWER, NOW, newer, older, POLICY, used } from '../../fakes/cases.ts';
import { page } from '../../fakes/page.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

/** Every link that was mailed in a play, with the path that says what it is for. */
export function linksOf(m: MemoryWorld, play: string) {
  return m.mails.flatMap(({ link }) => (link === null ? [] : { from: `play: ${play}`, url: link }));
}

interface Open {
  readonly known: Case | null | undefined;
  readonly purpose: LinkPurpose;
  /** What a person puts into the form; left out where the page has none. */
  readonly typed?: Readonly<Record<string, string>>;
  readonly policy?: Partial<Policy>;
}

const inUse = aCase({ keys: [newer(), { ...older(), lastUsed: used(NOW) }] });

/** Pages as people have them open when the next release is deployed: each form that there is, behind each link that leads to it. */
const OPEN: Readonly<Record<string, Open>> = {
  'decide-question': {
    known: CASES['awaiting-decision'],
    purpose: 'decide',
    typed: { keep: NEWER, off: '3QXK' },
  },
  'decide-in-use': { known: inUse, purpose: 'decide', typed: { keep: NEWER, off: '3qxk', inUse: 'yes' } },
  'decide-rotation': { known: CASES.rotating, purpose: 'decide', typed: { keep: NEWER, off: '3QXK' } },
  'decide-restore': { known: CASES.grace, purpose: 'decide', typed: { back: '3QXK' } },
  'decide-confirm': {
    known: CASES['awaiting-confirmation'],
    purpose: 'decide',
    typed: { remove: 'delete 3QXK' },
  },
  'decide-used-after': { known: CASES['held(used)'], purpose: 'decide', typed: { back: '3QXK' } },
  'restore-grace': { known: CASES.grace, purpose: 'restore', typed: { back: '3QXK' } },
  'restore-no-key-left': { known: CASES['held(no-active-key)'], purpose: 'restore', typed: { back: '3QXK' } },
  'look-question': { known: CASES['awaiting-decision'], purpose: 'view', policy: { mode: 'observe' } },
};

/** Each page as it was sent, and what its form sends; with the case that it is about and the claim in its link. */
export async function openPages() {
  return Promise.all(
    Object.entries(OPEN).map(async ([name, { known = null, purpose, typed, policy }]) => {
      const world = page(known);
      const path = linkPath(purpose, await world.link({ purpose }));
      const app = buildApp({ ...world.ports, policy: { ...POLICY, ...policy } });
      const html = await (await app.request(path)).text();
      const forms = readForms(html);
      const form = forms.find(({ fields }) =>
        Object.keys(typed ?? {}).every((field) => fields.some((one) => one.name === field)),
      );
      if ((form === undefined) !== (typed === undefined)) {
        throw new Error(`${name} has another form: ${html}`);
      }
      const sent = form === undefined || typed === undefined ? null : filledIn(form, typed).toString();
      return { name, path, purpose, known, sent, html };
    }),
  );
}
