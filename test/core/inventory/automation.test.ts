import { expect, it } from 'vitest';
import { automationOf } from '../../../functions/core/inventory/automation.ts';

const of = (about: Partial<Parameters<typeof automationOf>[0]>) =>
  automationOf({ tags: {}, path: '/', console: null, ...about });

it.each([
  ['a tag', { tags: { Type: 'service' }, console: true }, 'automation', 'tag'],
  ['a tag of several words', { tags: { 'user-type': 'Service Account' } }, 'automation', 'tag'],
  ['a tag that says person', { tags: { Kind: 'person' }, path: '/service/' }, 'person', 'tag'],
  ['the path', { path: '/svc-accounts/', console: true }, 'automation', 'path'],
  ['a part of the path', { path: '/eu/service/payments/' }, 'automation', 'path'],
  ['no console password', { tags: null, console: false }, 'automation', 'console-password'],
  ['a console password', { tags: { Type: 'odd', Team: 'bot' }, console: true }, 'person', 'console-password'],
] as const)('%s tells software from people', (_, about, kind, by) => {
  expect(of(about)).toEqual({ kind, by });
});

it('says nothing where there is no sign', () => {
  expect(of({ path: '/services-of-people/' })).toEqual({ kind: 'unknown' });
});
