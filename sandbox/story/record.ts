import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import type { Outcome } from './outcome.ts';
import type { Step, Steps } from './steps.ts';
import type { UserRecord } from './verdict.ts';

/** The content of story.json. */
export interface StoryRecord {
  readonly passed: boolean;
  readonly users: readonly UserRecord[];
  readonly steps: readonly Step[];
}

const OUTCOMES = [
  'remediated',
  'settled-by-owner',
  'user-deleted',
  'excluded',
  'exception',
  'held',
] as const satisfies readonly Outcome[];

const KEYS = z.array(z.strictObject({ id: z.string().min(1), status: z.enum(['Active', 'Inactive']) }));

/** Other programs read the record, so it is written only if it has exactly this shape. */
const SHAPE = z.strictObject({
  passed: z.boolean(),
  users: z.array(
    z.strictObject({
      account: z.string().regex(/^\d{12}$/),
      userName: z.string().min(1),
      before: KEYS,
      decision: z
        .strictObject({ keep: z.string().min(1).nullable(), by: z.string().min(1), at: z.iso.datetime() })
        .nullable(),
      after: KEYS,
      outcome: z.enum(OUTCOMES),
    }),
  ),
  steps: z.array(z.strictObject({ at: z.iso.datetime(), title: z.string().min(1), ok: z.boolean() })),
});

/** Writes the record atomically: a reader never sees half of it, even if the process ends meanwhile. */
export function writeRecord(file: string, record: StoryRecord): void {
  const text = `${JSON.stringify(SHAPE.parse(record), null, 2)}\n`;
  mkdirSync(dirname(file), { recursive: true });
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, text);
  renameSync(beside, file);
}

/**
 * Plays a story and writes its record. The record of an earlier run is removed first, so that it cannot be mistaken
 * for this one's. If the story fails, the record says so, with the reason as its last step.
 */
export async function recorded<Told extends { readonly record: StoryRecord }>(
  file: string,
  steps: Steps,
  play: () => Promise<Told>,
): Promise<Told> {
  rmSync(file, { force: true });
  try {
    const told = await play();
    writeRecord(file, told.record);
    return told;
  } catch (error) {
    const title = `The story broke off: ${error instanceof Error ? error.message : String(error)}`;
    const last = { at: new Date().toISOString(), title, ok: false };
    writeRecord(file, { passed: false, users: [], steps: [...steps.all, last] });
    throw error;
  }
}
