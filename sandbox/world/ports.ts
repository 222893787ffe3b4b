import { createServer } from 'node:net';

/**
 * Ports are chosen before anything starts: the product's public address is part of the template, so it must be known
 * at synth. They are below the range of ephemeral ports (Linux from 32768, macOS from 49152), so that no outgoing
 * connection takes a port between choosing and starting, and random, so that two sandboxes choosing at the same
 * moment rarely collide.
 */
const LOWEST = 20_000;
const HIGHEST = 31_999;

/** The three ports of one world. Deployed functions and people use only the gateway. */
export interface WorldPorts {
  readonly gateway: number;
  readonly ministack: number;
  readonly moto: number;
}

/** True if a server can listen on this loopback port now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Picks distinct free ports. A preferred gateway port is used if free, so that links stay the same between runs. */
export async function choosePorts(preferred: { readonly gateway?: number } = {}): Promise<WorldPorts> {
  const taken = new Set<number>();
  const pick = async (): Promise<number> => {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST + 1));
      if (!taken.has(port) && (await isFree(port))) {
        taken.add(port);
        return port;
      }
    }
    throw new Error(`no free loopback port between ${LOWEST} and ${HIGHEST}`);
  };
  const wish = preferred.gateway;
  const gateway = wish !== undefined && (await isFree(wish)) ? wish : await pick();
  taken.add(gateway);
  return { gateway, ministack: await pick(), moto: await pick() };
}
