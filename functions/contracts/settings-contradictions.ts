import { announcementLead } from '../core/case/dates.ts';
import { DAY, type Seconds } from '../core/model/time.ts';
import { WEEKDAYS, type Weekday } from '../core/model/window.ts';
import { inWords } from '../core/words/words.ts';
import { didYouMean } from './did-you-mean.ts';
import { durationSeconds } from './duration.ts';
import { clockSeconds } from './settings-fields.ts';

type Timed = 'grace' | 'deletionNotice';
type Times = Record<Timed, string>;

interface Approver {
  readonly id: string;
  readonly email: string;
  readonly mail: 'all' | 'none';
  readonly principals: readonly string[];
}

/** The change window as it stands in the document. */
interface Window {
  readonly days: readonly Weekday[];
  readonly from: string;
  readonly to: string;
}

/** A problem of one setting beside others, and an example of settings that go together. */
export interface Contradiction {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly example: string;
}

/**
 * Problems of settings that are valid by themselves but contradict each other. `written` are the names of the settings
 * in the document, as opposed to those with their default: a problem is reported about a setting that was written.
 */
export function contradictionsIn(
  settings: Times & {
    readonly approvers: readonly Approver[];
    readonly escalation: readonly string[];
    readonly decisionValid: string;
    readonly changeWindow: Window | null;
  },
  written: readonly string[],
): Contradiction[] {
  const { approvers, escalation } = settings;
  const twice = approvers.flatMap(({ id }, index): Contradiction[] => {
    const message = `"${id}" is already used by another approver`;
    const first = approvers.findIndex((other) => other.id === id);
    return first === index
      ? []
      : [{ path: ['approvers', index, 'id'], message, example: `"${id.slice(0, 38)}-2"` }];
  });
  const ids = approvers.map(({ id }) => id);
  const nobody = escalation.flatMap((id, index): Contradiction[] => {
    const message = `no approver has the id ${JSON.stringify(id)}${didYouMean(id, ids)}`;
    return ids.includes(id) ? [] : [{ path: ['escalation', index], message, example: `"${ids[0] ?? ''}"` }];
  });
  return [
    ...noticeAndGrace(settings, written),
    ...twice,
    ...nobody,
    ...nobodyAsked(approvers),
    ...twoAlike(approvers),
    ...closedTooLong(settings, written),
  ];
}

/** Without anybody who is mailed, no question would ever begin, and nothing would escalate. */
function nobodyAsked(approvers: readonly Approver[]): Contradiction[] {
  return approvers.some(({ mail }) => mail === 'all')
    ? []
    : [
        {
          path: ['approvers'],
          message: 'at least one approver must have "mail": "all", because otherwise nobody is asked',
          example: '"mail": "all" for the address of a team',
        },
      ];
}

/**
 * A principal that stands for two people says that both created its keys, so neither could decide about them. Approvers who
 * share an address count as one.
 */
function twoAlike(approvers: readonly Approver[]): Contradiction[] {
  return approvers.flatMap(({ email, principals }, index) =>
    principals.flatMap((glob, place): Contradiction[] => {
      const same = (other: string) => other.toLowerCase() === glob.toLowerCase();
      const first = approvers
        .slice(0, index)
        .find((one) => one.email.toLowerCase() !== email.toLowerCase() && one.principals.some(same));
      return first === undefined
        ? []
        : [
            {
              path: ['approvers', index, 'principals', place],
              message: `"${glob}" already stands for the approver "${first.id}"`,
              example: '"arn:aws:sts::*:assumed-role/Admin/alice@example.com", with the session name',
            },
          ];
    }),
  );
}

/** The longest time for which the change window stays closed must not be longer than an answer is valid. */
function closedTooLong(
  { changeWindow, decisionValid }: { readonly changeWindow: Window | null; readonly decisionValid: string },
  written: readonly string[],
): Contradiction[] {
  if (changeWindow === null) {
    return [];
  }
  const { seconds, closes, opens } = longestClosed(changeWindow);
  if (seconds <= durationSeconds(decisionValid)) {
    return [];
  }
  const valid = `decisionValid ("${decisionValid}"${written.includes('decisionValid') ? '' : ', its default'})`;
  return [
    {
      path: ['changeWindow'],
      message: `must open at least once within ${valid}, but stays closed for ${inWords(seconds)} (from ${closes} to ${opens})`,
      example: `more days, or decisionValid "P${Math.ceil(seconds / DAY)}D"`,
    },
  ];
}

/** `thu 16:00` to `tue 09:00`: the longest time between two openings, on clocks that nobody changes. */
function longestClosed({ days, from, to }: Window): {
  readonly seconds: Seconds;
  readonly closes: string;
  readonly opens: string;
} {
  const listed = WEEKDAYS.filter((day) => days.includes(day));
  const gaps = listed.map((day, place) => {
    const next = listed[(place + 1) % listed.length] ?? day;
    const between = (WEEKDAYS.indexOf(next) - WEEKDAYS.indexOf(day) + 7) % 7 || 7;
    const seconds = between * DAY - clockSeconds(to) + clockSeconds(from);
    return { seconds, closes: `${day} ${to}`, opens: `${next} ${from}` };
  });
  return gaps.reduce((a, b) => (b.seconds > a.seconds ? b : a));
}

function noticeAndGrace(times: Times, written: readonly string[]): Contradiction[] {
  const [notice, grace] = [durationSeconds(times.deletionNotice), durationSeconds(times.grace)];
  const given = quoting(times, written);
  if (notice >= grace) {
    // A deletionNotice that was not written follows grace, so grace leaves no time for any.
    return written.includes('deletionNotice')
      ? [{ ...NOTICE, message: `must be shorter than ${given('grace')}, not "${times.deletionNotice}"` }]
      : [
          {
            path: ['grace'],
            message: `must be at least two seconds, not "${times.grace}"`,
            example: '"P7D"',
          },
        ];
  }
  // Safety rule S13 would delay every deletion beyond the date announced to people.
  const message = `must be at least a day or half of ${given('grace')}, whichever is shorter, not "${times.deletionNotice}"`;
  return notice < announcementLead(grace) ? [{ ...NOTICE, message }] : [];
}

const NOTICE = { path: ['deletionNotice'], example: '"PT12H" with grace "P1D"' } as const;

/** `grace ("P7D")`, or `grace ("P7D", its default)` for a setting that was not written. */
function quoting(times: Times, written: readonly string[]): (name: Timed) => string {
  return (name) => `${name} ("${times[name]}"${written.includes(name) ? '' : ', its default'})`;
}
