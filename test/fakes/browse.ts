import type { Hono } from 'hono';
import { breakable } from './page.ts';

/** The answer to a request as a person with a browser sees it. */
export interface Seen {
  /** The status of the first answer: 303 if it led to another page. */
  readonly status: number;
  readonly headers: Headers;
  /** The page in the end, without the marks that keep keys and names in one line. */
  readonly text: string;
}

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
