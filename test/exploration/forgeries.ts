import { type LinkVersion, linkPath, parseToken, tokenOf } from '../../functions/contracts/link.ts';
import { rowPath } from '../../functions/contracts/link-path.ts';
import { rowText } from '../../functions/contracts/review-form.ts';
import type { Case } from '../../functions/core/case/case.ts';
import type { NewClaim } from '../../functions/core/case/requests.ts';
import { DAY, plus } from '../../functions/core/model/time.ts';
import { anAbout } from '../fakes/about.ts';
import {
  aCase,
  aClaim,
  aListClaim,
  IDLE,
  inGrace,
  KEPT,
  NEWER,
  NOW,
  OLDER,
  toConfirm,
  USER_ID,
} from '../fakes/cases.ts';
import { type Page, page } from '../fakes/page.ts';
import { signing } from '../fakes/signing.ts';

/** A link that is accepted with a form that is stored: what a forger has to come near to. */
interface Genuine {
  readonly name: string;
  readonly world: Page;
  readonly claim: NewClaim;
  readonly fields: Readonly<Record<string, string>>;
  /** True for a form about several users, which is sent to the page of the list itself. */
  readonly several?: true;
}

/** A request that must change nothing. `what` says how it was forged. */
export interface Forgery {
  readonly what: string;
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A number from 0 up to the given one, without it. */
export type Draw = (below: number) => number;

const NONE = {
  none: 'none',
  off: 'MPLE 3QXK',
  inUse: 'yes',
  shownInUse: NEWER,
  reason: 'person-left',
  comment: '',
};
const KEEP = { keep: NEWER, off: '3QXK', reason: 'unused', comment: 'Ticket 4711' };

/** Every answer through every link that permits it, each in a world of its own. */
export function genuine(): Genuine[] {
  const about = (current: Case, name: string, claim: NewClaim, fields: Genuine['fields']): Genuine => {
    const world = page(current);
    world.store.about = anAbout();
    return { name, world, claim, fields: { ...fields, facts: world.facts() } };
  };
  const question = () => aCase({ keys: [KEPT, IDLE] });
  const alarmed = () => inGrace({}, { compromised: [OLDER] });
  const typed = { restore: OLDER, back: 'reactivate 3QXK' };
  return [
    about(question(), 'a decision', aClaim(), KEEP),
    about(question(), 'a decision to keep no key', aClaim(), NONE),
    about(question(), 'a decision through the list', aListClaim(), KEEP),
    about(inGrace(), 'a restore', aClaim({ purpose: 'restore' }), { restore: OLDER }),
    about(inGrace(), 'a restore through the list', aListClaim(), typed),
    about(alarmed(), 'a restore of a compromised key', aClaim(), typed),
    aReview(),
    about(toConfirm(), 'a confirmation', aClaim({ purpose: 'delete' }), { remove: 'delete 3QXK' }),
  ];
}

/** A review of one user. */
function aReview(): Genuine {
  const origins = { [NEWER]: { createdBy: 'user/ci-deploy', at: NOW } };
  const world = page(aCase({ keys: [KEPT, IDLE], origins }));
  world.store.about = anAbout();
  const row = rowText({ userId: USER_ID, caseNumber: 3, keep: NEWER, off: ['3QXK'], facts: world.facts() });
  const fields = { row, reason: 'unused', comment: 'Ticket 4711', count: 'deactivate 1 key' };
  return { name: 'a review', world, claim: aListClaim(), fields, several: true };
}

/** The path of a link, and under a list the row of its case, unless the form is about several. */
function pathOf({ scope, purpose }: NewClaim, token: string, several = false): string {
  return scope === 'list' && !several
    ? rowPath(token, { userId: USER_ID, caseNumber: 3 })
    : linkPath(purpose, token);
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** The genuine request itself. */
export async function asIntended({ world, claim, fields, several }: Genuine): Promise<Forgery> {
  const path = pathOf(claim, await world.links.mint(claim), several);
  return { what: 'genuine', path, method: 'POST', headers: FORM, body: String(new URLSearchParams(fields)) };
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';

const pick = <Value>(draw: Draw, values: readonly Value[]): Value => values[draw(values.length)] as Value;

function anyText(draw: Draw, length: number): string {
  return Array.from({ length }, () => ALPHABET[draw(ALPHABET.length)]).join('');
}

/** The claims that say something else than the genuine one. Each names what nobody may answer for with that link. */
function otherClaims(claim: NewClaim): Readonly<Record<string, NewClaim>> {
  const common = {
    expired: { ...claim, expires: plus(NOW, -1) },
    'expired long ago': { ...claim, expires: plus(NOW, -400 * DAY) },
    'another account': { ...claim, account: '999999999999' },
    'nobody in the settings': { ...claim, recipient: 'former-lead' },
    'another address': { ...claim, address: '0'.repeat(16) },
    'to a report': { ...claim, scope: 'report', purpose: 'report' } as NewClaim,
    'only to show': { ...claim, purpose: claim.scope === 'list' ? 'list-view' : 'view' } as NewClaim,
  };
  return claim.scope !== 'case'
    ? common
    : {
        ...common,
        'another case': { ...claim, caseNumber: 2 },
        'a case to come': { ...claim, caseNumber: 4 },
        'another user': { ...claim, userId: 'AIDAOTHEROTHEROTHERX' },
        'another purpose': { ...claim, purpose: claim.purpose === 'delete' ? 'restore' : 'delete' },
      };
}

/** Ways to make a token that is not ours out of one that is. */
const TOKENS: Readonly<Record<string, (draw: Draw, token: string, one: Genuine) => Promise<string>>> = {
  'a character changed': async (draw, token) => {
    const at = draw(token.length);
    const other = pick(
      draw,
      [...ALPHABET].filter((char) => char !== token[at]),
    );
    return `${token.slice(0, at)}${other}${token.slice(at + 1)}`;
  },
  truncated: async (draw, token) => token.slice(0, 1 + draw(token.length - 1)),
  'with more behind it': async (draw, token) => `${token}${anyText(draw, 1 + draw(40))}`,
  'without its beginning': async (draw, token) => token.slice(1 + draw(token.length - 2)),
  'two characters swapped': async (draw, token) => {
    const places = [...token].flatMap((char, at) => (at > 0 && char !== token[at - 1] ? [at] : []));
    const at = pick(draw, places);
    return `${token.slice(0, at - 1)}${token[at]}${token[at - 1]}${token.slice(at + 1)}`;
  },
  'in the other case': async (draw, token) => (draw(2) === 0 ? token.toUpperCase() : token.toLowerCase()),
  'any text': async (draw) => anyText(draw, 1 + draw(300)),
  'of another version': async (draw, token) =>
    `${pick(draw, ['v0', 'v1', 'v3', 'V2', 'v1.', ''])}${token.slice(2)}`,
  'signed with another key': async (draw, _token, { claim }) =>
    signing('a key of somebody else', pick<LinkVersion>(draw, ['v1', 'v2'])).mint(claim),
  'another claim with this signature': async (draw, token, { claim, world }) => {
    const other = parseToken(await world.links.mint(pick(draw, Object.values(longer(claim)))));
    return tokenOf(other?.payload ?? '', parseToken(token)?.mac ?? new Uint8Array());
  },
  'another signature on this claim': async (draw, token) =>
    tokenOf(
      parseToken(token)?.payload ?? '',
      Uint8Array.from({ length: 32 }, () => draw(256)),
    ),
};

/** Claims that a forger would like to have: of somebody else, for longer, for more. */
function longer(claim: NewClaim): Readonly<Record<string, NewClaim>> {
  return {
    ...otherClaims(claim),
    'for years': { ...claim, expires: plus(NOW, 4000 * DAY) },
    'of the other approver': { ...claim, recipient: 'platform-lead' },
  };
}

/** Ways to spoil a form, so that it says nothing that a person could have meant on this page. */
const FORMS: Readonly<Record<string, (draw: Draw, fields: Genuine['fields']) => [string, string][]>> = {
  'without one field': (draw, fields) => {
    // A comment is optional, and a page of 0.6.0 has keys to reactivate typed without naming them.
    const free = ['comment', ...(fields.back === undefined ? [] : ['restore'])];
    const needed = Object.entries(fields).filter(([name]) => !free.includes(name));
    const [without] = pick(draw, needed);
    return without === 'reason'
      ? [...Object.entries(fields).filter(([name]) => name !== without), ['reason', '']]
      : Object.entries(fields).filter(([name]) => name !== without);
  },
  'one field twice': (draw, fields) => [...Object.entries(fields), pick(draw, Object.entries(fields))],
  'a field that no form has': (draw, fields) => [...Object.entries(fields), [anyText(draw, 6), 'x']],
  'facts of another page': (draw, fields) =>
    Object.entries({
      ...fields,
      facts: anyText(draw, 64)
        .toLowerCase()
        .replace(/[^0-9a-f]/g, '0'),
    }),
  'facts in capitals': (_draw, fields) =>
    Object.entries({ ...fields, facts: `A${fields.facts?.slice(1).toUpperCase()}` }),
  'other keys': (draw, fields) =>
    Object.entries(fields).map(([name, value]): [string, string] =>
      ['keep', 'none', 'restore', 'row'].includes(name)
        ? [name, anyText(draw, 20).replace(/\W/g, 'X')]
        : [name, name === 'remove' ? `delete ${anyText(draw, 4)}` : value],
    ),
  'other words typed': (draw, fields) => {
    const wrong = pick(draw, [
      '',
      'MPLE',
      '3QX',
      '3QXK 3QXK',
      'delete',
      'reactivate',
      'delete MPLE',
      '%',
      'R7WZ',
    ]);
    const boxes = Object.keys(fields).filter((name) => ['off', 'back', 'remove', 'count'].includes(name));
    const [box = 'off'] = boxes;
    return Object.entries({ ...fields, [box]: wrong });
  },
  'another step': (draw, fields) => [
    ...Object.entries(fields),
    ['step', pick(draw, ['done', 'keep', '', 'Check'])],
  ],
  nothing: () => [],
};

/** Ways to send what is no form of ours. */
const BODIES: Readonly<Record<string, (draw: Draw, body: string) => Pick<Forgery, 'headers' | 'body'>>> = {
  'as JSON': (_draw, body) => ({
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(Object.fromEntries(new URLSearchParams(body))),
  }),
  'in parts': (_draw, body) => ({ headers: { 'content-type': 'multipart/form-data; boundary=x' }, body }),
  'without a type': (_draw, body) => ({ headers: { 'content-type': 'text/plain' }, body }),
  compressed: (_draw, body) => ({ headers: { ...FORM, 'content-encoding': 'gzip' }, body }),
  'too large': (_draw, body) => ({ headers: FORM, body: `${body}&comment=${'x'.repeat(9000)}` }),
  garbage: (draw) => ({ headers: FORM, body: anyText(draw, draw(400)) }),
  'broken escapes': (_draw, body) => ({ headers: FORM, body: `${body}%ff%zz` }),
};

/** A request that must be refused: a link that is not one, a link that permits something else, or a form that is none. */
export async function forgery(draw: Draw, one: Genuine): Promise<Forgery> {
  const { world, claim, fields, several } = one;
  const token = await world.links.mint(claim);
  const intended = await asIntended(one);
  const { path, body } = intended;
  switch (draw(6)) {
    case 0:
    case 1:
    case 2: {
      const [what, make] = pick(draw, Object.entries(TOKENS));
      const forged = await make(draw, token, one);
      const method = draw(4) === 0 ? 'GET' : 'POST';
      return { ...intended, what: `link ${what}`, path: pathOf(claim, forged, several), method };
    }
    case 3: {
      const [what, other] = pick(draw, Object.entries(otherClaims(claim)));
      const minted = await world.links.mint(other);
      // Half of them on the path of the genuine link, where the purpose does not fit.
      const where = draw(2) === 0 ? pathOf(other, minted, several) : pathOf(claim, minted, several);
      return { ...intended, what: `link to ${what}`, path: where };
    }
    case 4: {
      const [what, spoil] = pick(draw, Object.entries(FORMS));
      return {
        ...intended,
        what: `form ${what}`,
        path,
        body: String(new URLSearchParams(spoil(draw, fields))),
      };
    }
    default: {
      const [what, spoil] = pick(draw, Object.entries(BODIES));
      return { ...intended, what: `body ${what}`, path, ...spoil(draw, body) };
    }
  }
}
