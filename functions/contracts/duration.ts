/** ISO 8601 durations, without the schemas: the functions read the settings at each cold start, and need nothing else of them. */
import { DAY, type Seconds } from '../core/model/time.ts';

const DURATION = /^P(?=\d|T\d)(?:(\d{1,9})D)?(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?$/;

/** The length of an ISO 8601 duration in seconds; undefined for anything else. */
export function secondsOf(iso: string): Seconds | undefined {
  const match = DURATION.exec(iso);
  if (match === null) {
    return undefined;
  }
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return (days ?? 0) * DAY + (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0);
}

/**
 * The length of an ISO 8601 duration in seconds. Days are 24 hours. Years, months and weeks are not accepted, because
 * their length, or their use together with days, is ambiguous.
 * @throws RangeError for anything else
 */
export function durationSeconds(iso: string): Seconds {
  const seconds = secondsOf(iso);
  if (seconds === undefined) {
    throw new RangeError(`${JSON.stringify(iso)} is not an ISO 8601 duration`);
  }
  return seconds;
}
