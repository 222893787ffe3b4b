import { createServer } from 'node:net';

/**
 * Ports are chosen before anything starts: the product's public address is part of the template, so it must be known
 * at synth. They lie below the range from which systems take ports for outgoing connections (Linux 32768, macOS
 * 49152), so that nothing can sit on a chosen port between choosing and starting; random, so that two sandboxes that
 * choose at the same moment rarely meet.
 */
const LOWEST = 20_000;
const HIGHEST = 31_999;

/** The three addresses of one world. Deployed functions and people talk to the gateway only. */
export interface WorldPorts {
  readonly gateway: number;
  readonly ministack: number;
  readonly moto: number;
}

/** True when a server could listen on this loopback port now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Picks distinct free ports. A preferred gateway port is used when free, so that links stay the same between runs. */
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
