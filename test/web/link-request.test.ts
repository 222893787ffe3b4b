import { describe, expect, it } from 'vitest';
import type { LinkVersion } from '../../functions/contracts/link.ts';
import type { Case } from '../../functions/core/case/case.ts';
import type { LinkPurpose, ListPurpose } from '../../functions/core/case/requests.ts';
import type { LinkWish } from '../../functions/core/channel/link-request.ts';
import { MINUTE, plus } from '../../functions/core/model/time.ts';
import { buildApp } from '../../functions/web/app.ts';
import { anAbout } from '../fakes/about.ts';
import { ACCOUNT, aCase, NOW, USER_ID } from '../fakes/cases.ts';
import { page } from '../fakes/page.ts';

const PATHS = { decide: 'c', restore: 'r', view: 'v', delete: 'd' } as const;
const ROW = 'Mail me the link for this user';
const VIEW = 'Mail me a read-only link';

/** A world in which links are mailed on request, as from the release on that makes links of version 2. */
function wishing(current: Case | null = aCase(), minted: LinkVersion = 'v2') {
  const world = page(current);
  world.store.about = anAbout();
  const pathOf = async (purpose: LinkPurpose | ListPurpose, more = {}) =>
    purpose === 'list' || purpose === 'list-view'
      ? `/l/${await world.listLink({ purpose, ...more })}/${USER_ID}-3`
      : `/${PATHS[purpose]}/${await world.link({ purpose, ...more })}`;
  const ask = async (path: string, wish?: LinkWish) => {
    const sent = wish === undefined ? {} : { method: 'POST', body: new URLSearchParams({ mail: wish }) };
    const answer = await buildApp(world.ports, minted).request(path, sent);
    return { status: answer.status, text: await answer.text() };
  };
  const asked = () => [...world.store.linkRequests.values()];
  return { world, asked, pathOf, ask };
}

describe.each<[LinkPurpose | ListPurpose, readonly LinkWish[]]>([
  ['decide', ['row', 'view']],
  ['restore', ['view']],
  ['view', []],
  ['delete', ['view']],
  ['list', ['row', 'view']],
  ['list-view', []],
])('through a %s link', (purpose, admitted) => {
  it('the page offers what is admitted, and nothing else', async () => {
    const { ask, pathOf } = wishing();
    const { text } = await ask(await pathOf(purpose));
    // A link to decide offers the other one only where that has a page of its own, to delete.
    const offered = admitted.filter((wish) => wish !== 'row' || purpose === 'list');
    const views = offered.includes('view') && purpose !== 'delete';
    expect([text.includes(ROW), text.includes(VIEW)]).toEqual([offered.includes('row'), views]);
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
        expect(asked()).toMatchObject([{ userId: USER_ID, caseNumber: 3, why: wish }]);
        const [digest] = world.store.linkRequests.keys();
        const told = { kind: 'mail-link', account: ACCOUNT, userId: USER_ID, digest };
        expect(world.mailLinks.sent).toEqual([told]);
      } else {
        expect([status, asked(), world.mailLinks.sent]).toEqual([403, [], []]);
      }
      expect([world.store.requests.size, world.wakes.sent]).toEqual([0, []]);
    },
  );
});

it('says if the mail could not be started', async () => {
  const { world, ask, pathOf } = wishing();
  world.mailLinks.broken = true;
  const { status, text } = await ask(await pathOf('list'), 'row');
  expect(status).toBe(200);
  expect(text).toContain('no mail comes yet');
});

it('nothing is offered or stored by the release before', async () => {
  const { ask, asked, pathOf } = wishing(aCase(), 'v1');
  const shown = await ask(await pathOf('list'));
  expect(shown.text).toContain('It is in the mail about this user.');
  expect(shown.text).not.toContain('Mail me');
  expect((await ask(await pathOf('list'), 'row')).status).toBe(400);
  expect(asked()).toEqual([]);
});

it('an expired link to a list offers no new one', async () => {
  const { world, ask, pathOf } = wishing();
  const { status, text } = await ask(await pathOf('list', { expires: plus(NOW, -MINUTE) }));
  expect([status, text.includes('<form'), world.store.writes]).toEqual([410, false, 0]);
});

it('a link that is refused, or to a case that is closed or cannot be read, has no other mailed', async () => {
  const { world, ask, asked, pathOf } = wishing();
  expect((await ask(await pathOf('list', { expires: plus(NOW, -MINUTE) }), 'row')).status).toBe(410);
  world.store.control = { pauses: [], revoked: ['sec-lead'] };
  expect((await ask(await pathOf('list'), 'row')).status).toBe(403);
  const closed = wishing(aCase({ phase: 'closed', closedAs: 'by-owner' }));
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
  expect([...asked(), ...closed.asked(), ...unread.asked()]).toEqual([]);
});
