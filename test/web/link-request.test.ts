import { describe, expect, it } from 'vitest';
import type { LinkWishes } from '../../functions/app/approve/request-link.ts';
import type { Case } from '../../functions/core/case/case.ts';
import type { LinkPurpose, ListPurpose } from '../../functions/core/case/requests.ts';
import { MINUTE, plus } from '../../functions/core/model/time.ts';
import type { LinkWish } from '../../functions/core/page/link-request.ts';
import { buildApp } from '../../functions/web/app.ts';
import { anAbout } from '../fakes/about.ts';
import { ACCOUNT, aCase, NOW, USER_ID } from '../fakes/cases.ts';
import { page } from '../fakes/page.ts';

const PATHS = { decide: 'c', restore: 'r', view: 'v' } as const;
const ROW = 'Mail me the link for this user';
const VIEW = 'Mail me a read-only link';

/** A world in which links are mailed on request, with what was asked for. */
function wishing(outcome: 'stored' | 'used-up' = 'stored', current: Case | null = aCase()) {
  const world = page(current);
  world.store.about = anAbout();
  const asked: unknown[] = [];
  const wishes: LinkWishes = {
    async wish(token, about, wish) {
      asked.push([token, about, wish]);
      return outcome;
    },
  };
  const pathOf = async (purpose: LinkPurpose | ListPurpose, more = {}) =>
    purpose === 'list' || purpose === 'list-view'
      ? `/l/${await world.listLink({ purpose, ...more })}/${USER_ID}-3`
      : `/${PATHS[purpose]}/${await world.link({ purpose, ...more })}`;
  const ask = async (path: string, wish?: LinkWish, ports: object = { wishes }) => {
    const sent = wish === undefined ? {} : { method: 'POST', body: new URLSearchParams({ mail: wish }) };
    const answer = await buildApp({ ...world.ports, ...ports }).request(path, sent);
    return { status: answer.status, text: await answer.text() };
  };
  return { world, asked, pathOf, ask };
}

describe.each<[LinkPurpose | ListPurpose, readonly LinkWish[]]>([
  ['decide', ['view']],
  ['restore', ['view']],
  ['view', []],
  ['list', ['row', 'view']],
  ['list-view', []],
])('through a %s link', (purpose, admitted) => {
  it('the page offers what is admitted, and nothing else', async () => {
    const { ask, pathOf } = wishing();
    const { text } = await ask(await pathOf(purpose));
    expect([text.includes(ROW), text.includes(VIEW)]).toEqual([
      admitted.includes('row'),
      admitted.includes('view'),
    ]);
  });

  it.each<LinkWish>(['row', 'view'])(
    'a posted wish for "%s" is stored only if it is admitted',
    async (wish) => {
      const { world, asked, ask, pathOf } = wishing();
      const path = await pathOf(purpose);
      const { status, text } = await ask(path, wish);
      if (admitted.includes(wish)) {
        expect(status).toBe(200);
        expect(text).toContain('It comes to the address of Security lead, usually within a minute.');
        const about = { account: ACCOUNT, userId: USER_ID, number: 3 };
        expect(asked).toEqual([[path.split('/')[2], about, wish]]);
      } else {
        expect([status, asked]).toEqual([403, []]);
      }
      expect([world.store.writes, world.wakes.sent]).toEqual([0, []]);
    },
  );
});

it('says if the person has had too many mailed', async () => {
  const { ask, pathOf } = wishing('used-up');
  const { status, text } = await ask(await pathOf('list'), 'row');
  expect(status).toBe(429);
  expect(text).toContain('No mail was sent');
  expect(text).toContain('as many links mailed as one hour allows');
});

it('nothing is offered or stored where no links are mailed on request', async () => {
  const { ask, pathOf } = wishing();
  const shown = await ask(await pathOf('list'), undefined, {});
  expect(shown.text).toContain('It is in the mail about this user.');
  expect(shown.text).not.toContain('Mail me');
  expect((await ask(await pathOf('list'), 'row', {})).status).toBe(403);
});

it('a link that is refused, or to a case that is closed or cannot be read, has no other mailed', async () => {
  const { world, ask, asked, pathOf } = wishing();
  expect((await ask(await pathOf('list', { expires: plus(NOW, -MINUTE) }), 'row')).status).toBe(410);
  world.store.control = { pauses: [], revoked: ['sec-lead'] };
  expect((await ask(await pathOf('list'), 'row')).status).toBe(403);
  const closed = wishing('stored', aCase({ phase: 'closed', closedAs: 'by-owner' }));
  const { text } = await closed.ask(await closed.pathOf('list'), 'row');
  expect(text).toContain('this case is closed');
  const unread = wishing();
  unread.world.store.current = {
    ...{
      why: 'newer',
      reason: 'x',
      account: ACCOUNT,
      userId: USER_ID,
      userName: 'ci-deploy',
      number: 3,
      keys: [],
    },
  } as never;
  expect((await unread.ask(await unread.pathOf('list'), 'row')).text).toContain('cannot be read now');
  expect([...asked, ...closed.asked, ...unread.asked]).toEqual([]);
});
