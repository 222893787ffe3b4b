import { linkPath } from '../../../functions/contracts/link.ts';
import type { Case } from '../../../functions/core/case/case.ts';
import type { LinkPurpose } from '../../../functions/core/case/requests.ts';
import type { Policy } from '../../../functions/core/model/policy.ts';
import { buildApp } from '../../../functions/web/app.ts';
import { filledIn, readForms } from '../../../sandbox/story/form.ts';
import { CASES } from '../../app/matrix/rows.ts';
import { aCase, NEWER, NOW, newer, OLDER, older, POLICY, used } from '../../fakes/cases.ts';
import { page } from '../../fakes/page.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

/** Every link that was mailed in a play, with the path that says what it is for. */
export function linksOf(m: MemoryWorld, play: string) {
  return m.mails.flatMap(({ link }) => (link === null ? [] : { from: `play: ${play}`, url: link }));
}

interface Open {
  readonly known: Case | null | undefined;
  readonly purpose: LinkPurpose;
  /** What a person puts into the first page's form, if the second page is the one that is open. */
  readonly first?: Readonly<Record<string, string>>;
  /** What a person puts into the form of the open page; left out where it has none. */
  readonly typed?: Readonly<Record<string, string>>;
  readonly policy?: Partial<Policy>;
}

const inUse = aCase({ keys: [newer(), { ...older(), lastUsed: used(NOW) }] });
const grounds = { reason: 'replaced', comment: 'It moved to a role.' };

/** Pages as people have them open when the next release is deployed: each form that there is, behind each link that leads to it. */
const OPEN: Readonly<Record<string, Open>> = {
  'decide-question': { known: CASES['awaiting-decision'], purpose: 'decide', typed: { keep: NEWER } },
  'decide-check': {
    known: CASES['awaiting-decision'],
    purpose: 'decide',
    first: { keep: NEWER },
    typed: { off: '3QXK', ...grounds },
  },
  'decide-check-in-use': {
    known: inUse,
    purpose: 'decide',
    first: { keep: NEWER },
    typed: { off: '3qxk', inUse: 'yes', reason: 'compromised', comment: '' },
  },
  'decide-rotation': { known: CASES.rotating, purpose: 'decide', typed: { keep: NEWER } },
  'decide-restore': { known: CASES.grace, purpose: 'decide', typed: { key: OLDER } },
  'decide-confirm': { known: CASES['awaiting-confirmation'], purpose: 'decide', typed: { mail: 'row' } },
  'decide-used-after': { known: CASES['held(used)'], purpose: 'decide', typed: { key: OLDER } },
  'delete-confirm': {
    known: CASES['awaiting-confirmation'],
    purpose: 'delete',
    typed: { remove: 'delete 3QXK' },
  },
  'restore-grace': { known: CASES.grace, purpose: 'restore', typed: { key: OLDER } },
  'restore-check': {
    known: CASES.grace,
    purpose: 'restore',
    first: { key: OLDER },
    typed: { restore: OLDER },
  },
  'restore-no-key-left': {
    known: CASES['held(no-active-key)'],
    purpose: 'restore',
    typed: { key: OLDER },
  },
  'look-question': { known: CASES['awaiting-decision'], purpose: 'view', policy: { mode: 'observe' } },
};

/** Each page as it was sent, and what its form sends; with the case that it is about and the claim in its link. */
export async function openPages() {
  return Promise.all(
    Object.entries(OPEN).map(async ([name, { known = null, purpose, first, typed, policy }]) => {
      const world = page(known);
      const path = linkPath(purpose, await world.link({ purpose }));
      const app = buildApp({ ...world.ports, policy: { ...POLICY, ...policy } });
      const opened = await (await app.request(path)).text();
      const body = formWith(opened, first);
      const html = body === null ? opened : await (await app.request(path, { method: 'POST', body })).text();
      const sent = formWith(html, typed)?.toString() ?? null;
      if ((sent === null) !== (typed === undefined) || (body === null) !== (first === undefined)) {
        throw new Error(`${name} has another form: ${html}`);
      }
      return { name, path, purpose, known, sent, html };
    }),
  );
}

/** What is sent from the form that has these fields; null if there is none. */
function formWith(html: string, typed: Readonly<Record<string, string>> | undefined): URLSearchParams | null {
  const form = readForms(html).find(({ fields }) =>
    Object.keys(typed ?? {}).every((field) => fields.some((one) => one.name === field)),
  );
  return form === undefined || typed === undefined ? null : filledIn(form, typed);
}
