import { describe, expect, it } from 'vitest';
import { LETTER_QUEUES, LETTERS } from '../../ops/control/letters.ts';
import { all, synth } from './synth.ts';

const made = synth({});
const queues = Object.entries(made.template.Resources)
  .filter(([, { Type }]) => Type === 'AWS::SQS::Queue')
  .map(([id]) => id);
const alarms = all(made, 'AWS::CloudWatch::Alarm').map(({ path }) => path);

describe('the dead-letter queues of the commands', () => {
  it('are those of the template', () => {
    const named = queues.filter((id) => LETTER_QUEUES.some((name) => id.startsWith(LETTERS[name].logicalId)));
    expect(named.sort()).toEqual(queues.filter((id) => id.includes('DeadLetters')).sort());
    expect(named).toHaveLength(LETTER_QUEUES.length);
  });

  it('are told apart by how their names begin, and their alarms exist', () => {
    for (const { logicalId, alarm } of LETTER_QUEUES.map((name) => LETTERS[name])) {
      expect(queues.filter((id) => id.startsWith(logicalId))).toHaveLength(1);
      expect(alarms).toContain(alarm);
    }
    for (const work of ['EventsQueue', 'WakesQueue', 'UsageQueue']) {
      expect(queues.filter((id) => id.startsWith(work))).toHaveLength(1);
    }
  });
});
