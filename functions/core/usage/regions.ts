const REGION = /^[a-z]{2,4}(?:-[a-z]{2,12}){1,3}-\d{1,2}$/;

/** True if a text has the form of a Region's name, as `eu-west-1` has. It says nothing about whether AWS has that Region. */
export function isRegion(text: string): boolean {
  return REGION.test(text);
}

/** The most Regions of one question, besides the home Region: little enough for one run. */
export const MOST_ASKED = 6;

/** The Region of each partition in which calls to IAM, STS and other global services are recorded. */
const HOMES: readonly (readonly [prefix: string, home: string])[] = [
  ['cn-', 'cn-north-1'],
  ['us-gov-', 'us-gov-west-1'],
  ['us-isob-', 'us-isob-east-1'],
  ['us-iso-', 'us-iso-east-1'],
  ['eusc-', 'eusc-de-east-1'],
];

/** The Region in which global calls are recorded, of the partition that `region` is in: `us-east-1` almost everywhere. */
export function homeRegion(region: string): string {
  return HOMES.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'us-east-1';
}

/**
 * The Regions whose event history is read for a key: the home Region, then those of the question. Calls in
 * other Regions stay unseen. Anything that is no name of a Region (IAM says `N/A` at times) is left out.
 */
export function regionsToRead(home: string, seenIn: readonly string[]): readonly string[] {
  return [...new Set([home, ...seenIn.filter(isRegion)])];
}
