import { shortKey } from '../../model/observation.ts';

/** Access key ids as IAM makes them, wherever they stand in a text. */
const KEY_ID = /\bA[KS]IA[A-Z0-9]{12,124}\b/g;

/** A text in which every whole key id is replaced by its last four characters. */
export function masked(text: string): string {
  return text.replace(KEY_ID, shortKey);
}
