import { printable } from '../words/words.ts';

/** AWS Config accepts 1 to 256 characters (fact config-annotation). */
export const LONGEST = 256;

/** The parts of an annotation for which there is room. */
export interface Room {
  /** The name of the program that wrote it. */
  readonly signature: boolean;
  /** Number of people named. With none, a text says how many there are. */
  readonly people: number;
  /** The days of the keys' last uses. */
  readonly uses: boolean;
  /** The day on which further people are asked. */
  readonly escalation: boolean;
  readonly confidence: boolean;
  readonly proposal: boolean;
  /** The person who decided, in an annotation that is about what comes next. */
  readonly decided: boolean;
  /** The day since which there are several Active keys. */
  readonly since: boolean;
  /** The tag or glob of a rule. */
  readonly rule: boolean;
  /** The last characters of the keys. */
  readonly keys: boolean;
}

const EVERYTHING: Room = {
  signature: true,
  people: 3,
  uses: true,
  escalation: true,
  confidence: true,
  proposal: true,
  decided: true,
  since: true,
  rule: true,
  keys: true,
};

/**
 * The parts left out for want of room, the least important first. The first person named outlives most of it: the page of the
 * case has the rest, and an auditor who reads the annotation has no link to it.
 */
const LEFT_OUT: readonly Partial<Room>[] = [
  { signature: false },
  { people: 2 },
  { uses: false },
  { people: 1 },
  { escalation: false },
  { confidence: false },
  { proposal: false },
  { decided: false },
  { since: false },
  { rule: false },
  { people: 0 },
  { keys: false },
];

/** All rooms, the largest first. */
const ROOMS: readonly Room[] = [0, ...LEFT_OUT.map((_, index) => index + 1)].map((count) =>
  Object.assign({}, EVERYTHING, ...LEFT_OUT.slice(0, count)),
);

/**
 * The longest text that AWS Config accepts. Parts are left out whole, so that no key, name or day is cut. Only a text that is too
 * long without all of them would be, and a test finds none.
 */
export function fitting(words: (room: Room) => string): string {
  let text = '';
  for (const room of ROOMS) {
    text = `${words(room)}${room.signature ? ' Solekey' : ''}`;
    if (text.length <= LONGEST) {
      break;
    }
  }
  return printable(text, LONGEST);
}
