import { choosePorts, type WorldPorts } from '../world/ports.ts';

/** Ports for a world, and one more for the pages: their address is part of the template. */
export async function choosePortsWithPages(): Promise<{
  readonly ports: WorldPorts;
  readonly pagesPort: number;
}> {
  const ports = await choosePorts();
  for (;;) {
    const { gateway: pagesPort } = await choosePorts();
    if (!Object.values(ports).includes(pagesPort)) {
      return { ports, pagesPort };
    }
  }
}
