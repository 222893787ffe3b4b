import { handle, type LambdaEvent } from 'hono/aws-lambda';
import { describe, expect, it } from 'vitest';
import { linkPath } from '../../functions/contracts/link.ts';
import { buildApp } from '../../functions/web/app.ts';
import { NEWER } from '../fakes/cases.ts';
import { type Page, page } from '../fakes/page.ts';

/** An event as HTTP API v2 sends it. */
function event(
  method: string,
  rawPath: string,
  more: { readonly body?: string; readonly type?: string; readonly base64?: boolean } = {},
) {
  const sent = {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString: '',
    headers: { host: 'keys.example.com', ...(more.type === undefined ? {} : { 'content-type': more.type }) },
    requestContext: {
      accountId: '123456789012',
      apiId: 'api',
      domainName: 'keys.example.com',
      domainPrefix: 'keys',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      requestId: 'id',
      routeKey: '$default',
      stage: '$default',
      time: '23/Nov/2026:16:10:00 +0000',
      timeEpoch: 1_795_450_200_000,
    },
    isBase64Encoded: more.base64 ?? false,
    ...(more.body === undefined ? {} : { body: more.body }),
  };
  return sent as unknown as LambdaEvent;
}

const FORM = 'application/x-www-form-urlencoded';
const answer = (world: Page, sent: LambdaEvent) => handle(buildApp(world.ports))(sent);
const fields = (world: Page) =>
  new URLSearchParams({ keep: NEWER, off: '3QXK', facts: world.facts() }).toString();

describe('behind API Gateway', () => {
  it.each([false, true])('a form arrives, base64: %s', async (base64) => {
    const world = page();
    const text = fields(world);
    const body = base64 ? Buffer.from(text).toString('base64') : text;
    const path = linkPath('decide', await world.link());
    const { statusCode, isBase64Encoded } = await answer(
      world,
      event('POST', path, { body, type: FORM, base64 }),
    );
    expect([statusCode, isBase64Encoded, world.store.writes]).toEqual([303, false, 1]);
  });

  it.each<[number, string, { readonly body?: string; readonly type?: string; readonly base64?: boolean }]>([
    [
      413,
      'a large body in base64',
      { body: Buffer.alloc(8193, 'a').toString('base64'), type: FORM, base64: true },
    ],
    [400, 'no body', { type: FORM }],
    [415, 'broken multipart', { body: '--x', type: 'multipart/form-data; boundary=y' }],
    [415, 'no type', { body: 'off=1' }],
  ])('is answered with %d: %s', async (status, _name, more) => {
    const world = page();
    const path = linkPath('decide', await world.link());
    expect((await answer(world, event('POST', path, more))).statusCode).toBe(status);
  });

  it('HEAD has headers and no body', async () => {
    const world = page();
    const { statusCode, body } = await answer(world, event('HEAD', linkPath('decide', await world.link())));
    expect([statusCode, body]).toEqual([200, '']);
  });
});
