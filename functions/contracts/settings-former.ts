/** Settings under the names of earlier releases. They are still read, as the settings that replaced them. */

import type { Contradiction } from './settings-contradictions.ts';
import { must } from './settings-fields.ts';

/** Up to 0.8.0: true or false for what `countAsCompliant` now lists. */
const FORMER = 'exclusionsCountAsCompliant';
const PRESENT = 'countAsCompliant';

/** A settings document with present names only, and what is wrong with the former ones. */
interface Renamed {
  readonly document: unknown;
  readonly problems: readonly Contradiction[];
}

/** One sentence for people about each former setting in a document that works and will not work for ever. */
export function formerSettingsIn(document: unknown): string[] {
  return isObject(document) && document[FORMER] !== undefined
    ? [
        `"${FORMER}" is still read, but a later release will refuse it. Replace it by "${PRESENT}": ${JSON.stringify(listFor(document[FORMER]))}.`,
      ]
    : [];
}

/**
 * The document with present names. A former setting beside its successor must say the same: guessing which one counts could
 * show somebody as compliant who is not.
 */
export function withPresentNames(document: unknown): Renamed {
  if (!isObject(document) || document[FORMER] === undefined) {
    return { document, problems: [] };
  }
  const { [FORMER]: former, ...rest } = document;
  if (typeof former !== 'boolean') {
    const message = must('true or false')({ input: former });
    return { document: rest, problems: [{ path: [FORMER], message, example: `${PRESENT}: ["exclusions"]` }] };
  }
  const present = rest[PRESENT];
  if (present === undefined) {
    return { document: { ...rest, [PRESENT]: listFor(former) }, problems: [] };
  }
  const lists = Array.isArray(present) && present.includes('exclusions');
  return { document: rest, problems: lists === former ? [] : [contradiction(former)] };
}

function contradiction(former: boolean): Contradiction {
  const says = former ? 'does not list "exclusions"' : 'lists "exclusions"';
  return {
    path: [FORMER],
    message: `is ${former}, but ${PRESENT}, which replaces it, ${says}; remove ${FORMER}`,
    example: `only ${PRESENT}: ["exclusions"]`,
  };
}

function listFor(former: unknown): readonly string[] {
  return former === true ? ['exclusions'] : [];
}

function isObject(document: unknown): document is Readonly<Record<string, unknown>> {
  return typeof document === 'object' && document !== null;
}
