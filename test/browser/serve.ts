import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Pages as the API calls them. */
export interface Pages {
  fetch(request: Request): Response | Promise<Response>;
}

/** Pages of several worlds on one port, each below a prefix of its own, as a public URL may have one. */
export interface Served {
  /** Adds pages and returns where they begin, such as `http://127.0.0.1:4711/w3`. */
  add(pages: Pages): string;
  stop(): Promise<void>;
}

/** Serves pages on 127.0.0.1 without the emulators, so that a test may have hundreds of worlds. */
export async function serve(): Promise<Served> {
  const worlds: Pages[] = [];
  const server = createServer(async (incoming, outgoing) => {
    try {
      const [, place] = /^\/w(\d+)\//.exec(incoming.url ?? '') ?? [];
      const answer = await worlds[Number(place)]?.fetch(await asRequest(incoming));
      outgoing.writeHead(answer?.status ?? 404, Object.fromEntries(answer?.headers ?? []));
      outgoing.end(Buffer.from((await answer?.arrayBuffer()) ?? new ArrayBuffer(0)));
    } catch (error) {
      outgoing.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    add: (pages) => `http://127.0.0.1:${port}/w${worlds.push(pages) - 1}`,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function asRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk as Buffer);
  }
  const headers = Object.entries(incoming.headers).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  const method = incoming.method ?? 'GET';
  const body = method === 'POST' ? { body: Buffer.concat(chunks) } : {};
  return new Request(`http://127.0.0.1${incoming.url}`, { method, headers, ...body });
}
