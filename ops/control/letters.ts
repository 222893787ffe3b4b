/** The dead-letter queues by the names that operators use, and what is done with their messages. */
import { parseMessage } from '../../functions/contracts/message.ts';

/** The dead-letter queues. */
export const LETTER_QUEUES = ['wakes', 'events', 'rule', 'sweep', 'usage', 'survey'] as const;

export type LetterQueue = (typeof LETTER_QUEUES)[number];

interface Treatment {
  /** The beginning of its logical id. */
  readonly logicalId: string;
  /** The heading of its alarm in docs/operate.md. */
  readonly alarm: string;
  /** `move`: to the wake queue, never to another one · `delete`: the next run does what these messages were about. */
  readonly does: 'move' | 'delete';
  readonly says: string;
}

/** The treatment of each queue, and the reason for it. */
export const LETTERS = {
  wakes: {
    logicalId: 'WakesDeadLetters',
    alarm: 'Wakes/DeadLetters/NotEmpty',
    does: 'move',
    says: 'Their users are re-evaluated.',
  },
  events: {
    logicalId: 'EventsDeadLetters',
    alarm: 'Events/DeadLetters/NotEmpty',
    does: 'move',
    says: 'Their users are re-evaluated. In the wake queue an event proves nothing, so the creator of a new key stays unknown: check it by hand in CloudTrail. So does a report that a key is exposed: look in the AWS Health Dashboard.',
  },
  rule: {
    logicalId: 'DetectionDeadLetters',
    alarm: 'Detection/DeadLetters/NotEmpty',
    does: 'move',
    says: 'Their users are re-evaluated. In the wake queue an event proves nothing, so the creator of a new key stays unknown: check it by hand in CloudTrail. So does a report that a key is exposed: look in the AWS Health Dashboard.',
  },
  sweep: {
    logicalId: 'SweepScheduleDeadLetters',
    alarm: 'SweepSchedule/DeadLetters/NotEmpty',
    does: 'delete',
    says: 'The next run of the sweep, at most five minutes later, does what these missed.',
  },
  usage: {
    logicalId: 'UsageDeadLetters',
    alarm: 'Usage/DeadLetters/NotEmpty',
    does: 'delete',
    says: 'The next evaluation of each user asks again.',
  },
  survey: {
    logicalId: 'ComplianceViewDeadLetters',
    alarm: 'ComplianceView/DeadLetters/NotEmpty',
    does: 'delete',
    says: 'The next survey, within the hour, does what these missed.',
  },
} as const satisfies Record<LetterQueue, Treatment>;

/** A message in a few words, and whether reconcile can use it if it is sent to the wake queue. */
export interface ReadLetter {
  readonly what: string;
  readonly usable: boolean;
}

/** Reads a message of a queue. No key id and nothing else of a message that is not understood is repeated. */
export function readLetter(queue: LetterQueue, body: string): ReadLetter {
  if (LETTERS[queue].does === 'delete') {
    return { what: 'a failed run', usable: true };
  }
  const message = parseMessage(body, 'wakes');
  switch (message.kind) {
    case 'wake': {
      const { userName, userId } = message.wake;
      return { what: `re-evaluate ${userName ?? userId ?? 'the owner of a key'}`, usable: true };
    }
    case 'reports':
    case 'wakes':
      return { what: 're-evaluate the owners of keys that AWS Health reports as exposed', usable: true };
    case 'refresh':
      return { what: 'run the rule in AWS Config', usable: true };
    case 'digest':
      return { what: 'write the digests of an address', usable: true };
    case 'mail-link':
      return { what: 'mail a link that somebody asked for', usable: true };
    case 'statement':
      return { what: 'record a statement about a report', usable: true };
    case 'sign-off':
      return { what: 'ask the approvers for a sign-off', usable: true };
    case 'newer':
      return {
        what: `a message of the kind "${message.of}", which only a newer release knows`,
        usable: false,
      };
    case 'broken':
      return { what: 'neither an IAM event nor a request of Solekey', usable: false };
    case 'event':
    case 'ignored':
      return { what: 'an event that changes no access key', usable: true };
  }
}
