import { parseSettings } from '../../functions/contracts/settings.ts';

/** A settings document as a deployment puts it into a bundle: valid, complete, and in base64. */
export function shipped(document: object): string {
  const parsed = parseSettings(document);
  if (!parsed.ok) {
    throw new Error(parsed.problems.join('; '));
  }
  return Buffer.from(JSON.stringify(parsed.settings), 'utf8').toString('base64');
}
