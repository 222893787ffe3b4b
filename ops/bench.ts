/**
 * `npm run bench`: the cost of the view in AWS Config, computed from the evaluations that the product reports (docs/cost.md
 * contains exactly this table), the cold starts of the functions, and the time of `npm run verify`, measured.
 */
import { pathToFileURL } from 'node:url';
import { durationSeconds, settingsSchema } from '../functions/contracts/settings.ts';
import { costTable } from '../functions/core/config/cost.ts';
import { coldStarts } from './cold-start.ts';
import { verifyBench } from './verify-bench.ts';

const SIZES = [200, 5000];

/** The default schedule, and the shortest one that AWS Config offers. */
const SCHEDULES = [settingsSchema.shape.config.parse(undefined).every, 'PT1H'];

export function bench(): string {
  return costTable(SIZES, SCHEDULES.map(durationSeconds));
}

const [, script] = process.argv;
if (script !== undefined && import.meta.url === pathToFileURL(script).href) {
  process.stdout.write(`${bench()}\n\n${await coldStarts()}\n\n${verifyBench()}\n`);
}
