import { choosePorts, type WorldPorts } from '../world/ports.ts';

/** Chooses ports for a world, and one more for the pages, whose address is part of the template. */
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
