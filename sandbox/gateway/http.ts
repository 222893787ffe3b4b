import { Agent, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';

/** A request as the gateway reads it. It is held in memory, because AWS calls in the sandbox are small. */
export interface WebRequest {
  readonly method: string;
  /** Path and query, unchanged. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface WebAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

/**
 * ministack closes connections that were idle for five seconds. Ours close earlier, because a request sent on a
 * connection that is being closed would look like a lost answer.
 */
const agent = new Agent({ keepAlive: true, maxSockets: 64, timeout: 4_000 });

/** Headers that belong to one connection or are computed again for the next one. */
const NOT_PASSED_ON = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'host',
  'expect',
]);

export async function readRequest(incoming: IncomingMessage): Promise<WebRequest> {
  return {
    method: incoming.method ?? 'GET',
    target: incoming.url ?? '/',
    headers: incoming.headers,
    body: await readAll(incoming),
  };
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/** Forwards the request unchanged and reads the whole answer. */
export function forward(base: string, request: WebRequest): Promise<WebAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      new URL(request.target, base),
      {
        method: request.method,
        agent,
        headers: { ...passedOn(request.headers), 'content-length': request.body.length },
      },
      (incoming) => {
        readAll(incoming).then(
          (body) =>
            resolve({ status: incoming.statusCode ?? 502, headers: passedOn(incoming.headers), body }),
          reject,
        );
      },
    );
    outgoing.once('error', reject);
    outgoing.end(request.body);
  });
}

function passedOn(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !NOT_PASSED_ON.has(name)) {
      kept[name] = value;
    }
  }
  return kept;
}

export function header(request: WebRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

export function json(status: number, value: unknown): WebAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(value)),
  };
}
