import type { Hono } from 'hono';
import { linkPath } from '../../functions/contracts/link.ts';
import type { NewCaseClaim } from '../../functions/core/case/requests.ts';
import { buildApp } from '../../functions/web/app.ts';
import { breakable, type Page } from './page.ts';

/** The answer to a request as a person with a browser sees it. */
export interface Seen {
  /** The status of the first answer: 303 if it led to another page. */
  readonly status: number;
  readonly headers: Headers;
  /** The page in the end, without the marks that keep keys and names in one line. */
  readonly text: string;
}

/** The fields of a form; as pairs, a name may come twice. */
export type Fields = Readonly<Record<string, string>> | [string, string][];

/** Sends a request, and follows an answer that leads elsewhere as a browser does. */
export async function browse(app: Hono, path: string, init: RequestInit = {}): Promise<Seen> {
  const answer = await app.request(path, init);
  const { status, headers } = answer;
  if (status !== 303) {
    return { status, headers, text: breakable(await answer.text()) };
  }
  const next = new URL(headers.get('location') ?? '', `https://keys.example.com${path}`);
  return { status, headers, text: breakable(await (await app.request(next.pathname)).text()) };
}

/** Opens a path among the pages of a world, or sends a form there. */
export function askPath(
  world: Page,
  path: string,
  fields?: Fields,
  policy: Page['policy'] = world.policy,
): Promise<Seen> {
  const sent = fields === undefined ? {} : { method: 'POST', body: new URLSearchParams(fields) };
  return browse(buildApp({ ...world.ports, policy }), path, sent);
}

/** Opens the page behind a link with this claim, or sends a form there. `path` is that of the link. */
export async function askPage(
  world: Page,
  claim: Partial<NewCaseClaim> = {},
  fields?: Fields,
): Promise<Seen & { readonly path: string }> {
  const path = linkPath(claim.purpose ?? 'decide', await world.link(claim));
  return { ...(await askPath(world, path, fields)), path };
}
