/** `public-key`: the public key with which anybody can check what the function `records` signed. */
import { EXIT, type Outcome } from './outcome.ts';
import { Refused } from './trouble.ts';
import type { World } from './world.ts';

/** Characters of base64 in a line of PEM. */
const LINE = /.{1,64}/g;

/** The key as PEM. Throws Refused if the stack has none. */
export async function publicKey({ publicKey }: Pick<World, 'publicKey'>): Promise<Outcome<'public-key'>> {
  const der = await publicKey();
  if (der === null) {
    throw new Refused('The stack has no key that signs records: deploy release 0.11.0 or a newer one first.');
  }
  const lines = Buffer.from(der).toString('base64').match(LINE) ?? [];
  const pem = ['-----BEGIN PUBLIC KEY-----', ...lines, '-----END PUBLIC KEY-----'];
  return {
    result: { pem: `${pem.join('\n')}\n` },
    lines: pem,
    notes: [
      'Keep it where nobody who administers this account can change it, and beside the date. Export it once: a key that is read when it is needed proves nothing.',
      'Next: npm run verify -- --key public.pem',
    ],
    code: EXIT.done,
  };
}
