import type { FieldSelector, TrailReading } from './readings.ts';

const IAM = 'iam.amazonaws.com';

/** The trails that deliver IAM's writes to a Region: they log, cover it, and select management write events. */
export function deliveringTrails(
  trails: readonly TrailReading[],
  region: string,
  calls: readonly string[],
): TrailReading[] {
  return trails.filter((trail) => covers(trail, region) && trail.logging && selects(trail, calls));
}

/** One sentence on why no trail delivers IAM's writes; null if one does. */
export function trailProblem(
  trails: readonly TrailReading[],
  region: string,
  calls: readonly string[],
): string | null {
  if (deliveringTrails(trails, region, calls).length > 0) {
    return null;
  }
  const here = trails.filter((trail) => covers(trail, region));
  if (here.length === 0) {
    return `No CloudTrail trail covers ${region}, so no event arrives and new keys are not noticed.`;
  }
  const logging = here.filter(({ logging: isOn }) => isOn);
  return logging.length === 0
    ? `No CloudTrail trail that covers ${region} is logging, so no event arrives and new keys are not noticed.`
    : `No CloudTrail trail logs IAM's management write events in ${region}, so new keys are not noticed.`;
}

/** IAM's events are those of a global service, and appear in one Region. */
function covers({ multiRegion, homeRegion, globalEvents }: TrailReading, region: string): boolean {
  return globalEvents && (multiRegion || homeRegion === region);
}

function selects({ selectors, advanced }: TrailReading, calls: readonly string[]): boolean {
  const basic = selectors.some(
    ({ management, readWrite, excludedSources }) =>
      management && readWrite !== 'ReadOnly' && !excludedSources.includes(IAM),
  );
  return basic || calls.every((call) => advanced.some((fields) => fields.every((one) => matches(one, call))));
}

/** True if an IAM write with this name meets the condition. A field that differs between events counts as not met. */
function matches(selector: FieldSelector, call: string): boolean {
  const value = { eventCategory: 'Management', readOnly: 'false', eventSource: IAM, eventName: call }[
    selector.field
  ];
  if (value === undefined) {
    return false;
  }
  const { equals, startsWith, endsWith, notEquals, notStartsWith, notEndsWith } = selector;
  const wanted = [
    ...equals.map((text) => value === text),
    ...startsWith.map((text) => value.startsWith(text)),
    ...endsWith.map((text) => value.endsWith(text)),
  ];
  const refused =
    notEquals.includes(value) ||
    notStartsWith.some((text) => value.startsWith(text)) ||
    notEndsWith.some((text) => value.endsWith(text));
  return (wanted.length === 0 || wanted.includes(true)) && !refused;
}
