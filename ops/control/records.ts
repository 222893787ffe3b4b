/** `records`: saves the files of records that stand beside the anchors of a period. */
import { sha256 } from '../../functions/core/model/digest.ts';
import { lastFour } from '../../functions/core/model/observation.ts';
import { type Anchor, anchorFolder, CARRIED, HASH_FILES } from '../../functions/core/records/anchor.ts';
import type { Command } from './arguments.ts';
import { joinedFiles, type NamedText } from './join-files.ts';
import { anchorAt, anchorNumbers, bucketOf, mustBeNew, mustBePeriod } from './kept.ts';
import { given } from './options.ts';
import { EXIT, type Outcome } from './outcome.ts';
import type { RecordObjects, World } from './world.ts';

/** Anchors read at the same time. */
const AT_A_TIME = 16;

/** Files that only `npm run verify` and records itself read. */
const NO_RECORDS: readonly string[] = [...Object.values(HASH_FILES), CARRIED.remediated];

/** Saves the records of a period. Each file is compared with the anchor that binds it; signatures are not checked here. */
export async function records(world: World, { options, flags }: Command): Promise<Outcome<'records'>> {
  const [since, out] = [given(options, 'since'), given(options, 'out')];
  const today = world.now().slice(0, 10);
  const { until = today } = options;
  mustBePeriod(since, until, today);
  await mustBeNew(world, out);
  const bucket = bucketOf(world);
  const numbers = await anchorNumbers(bucket);
  const found = await anchorsOf(bucket, numbers, since, until);
  const texts = found.flatMap(({ files }) => files);
  const findings = found.flatMap((one) => one.findings);
  const joined = joinedFiles(flags.includes('full-ids') ? texts : texts.map(masked));
  for (const { name, text } of joined) {
    await world.files.write(`${out}/${name}`, new TextEncoder().encode(text));
  }
  return {
    result: { since, until, anchors: found.length, files: joined.map(({ name }) => name), findings },
    lines: joined.map(({ name }) => `${out}/${name}`),
    notes: [
      `${found.length} anchors from ${since} to ${until} have ${joined.length === 0 ? 'no records' : 'these records'}. In the order of their lines, a later one about the same question replaces an earlier one.`,
      ...findings,
      'To check the signatures as well: npm run verify -- --key public.pem',
    ],
    code: findings.length === 0 ? EXIT.done : EXIT.findings,
  };
}

interface Found {
  readonly files: readonly NamedText[];
  readonly findings: readonly string[];
}

/** The anchors of the days from `since` to `until`. Their times rise with their numbers, so that most need not be read. */
async function anchorsOf(
  bucket: RecordObjects,
  numbers: readonly number[],
  since: string,
  until: string,
): Promise<Found[]> {
  const left = numbers.slice(await firstSince(bucket, numbers, since));
  const found: Found[] = [];
  for (let at = 0; at < left.length; at += AT_A_TIME) {
    const some = await Promise.all(
      left
        .slice(at, at + AT_A_TIME)
        .map(async (number) => ({ number, anchor: await anchorAt(bucket, number) })),
    );
    const within = some.filter(({ anchor }) => anchor === null || anchor.at.slice(0, 10) <= until);
    found.push(...(await Promise.all(within.map(({ number, anchor }) => filesOf(bucket, number, anchor)))));
    if (within.length < some.length) {
      break;
    }
  }
  return found;
}

async function firstSince(bucket: RecordObjects, numbers: readonly number[], since: string): Promise<number> {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const anchor = await anchorAt(bucket, numbers[middle] ?? 0);
    if (anchor !== null && anchor.at < since) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

async function filesOf(bucket: RecordObjects, number: number, anchor: Anchor | null): Promise<Found> {
  if (anchor === null) {
    return { files: [], findings: [`Anchor ${number} cannot be read, so its records are missing here.`] };
  }
  const wanted = anchor.files.filter(({ name }) => !NO_RECORDS.includes(name));
  const read = await Promise.all(
    wanted.map(async ({ name, sha256: bound }) => {
      const content = await bucket.read(`${anchorFolder(number)}${name}`);
      return content !== null && sha256(content) === bound
        ? { number, name, text: new TextDecoder().decode(content) }
        : `${name} of anchor ${number} is missing, or is not the file that was signed; it is not saved.`;
    }),
  );
  return {
    files: read.flatMap((one) => (typeof one === 'string' ? [] : [one])),
    findings: read.flatMap((one) => (typeof one === 'string' ? [one] : [])),
  };
}

/** The ids of access keys of IAM users, and of temporary ones. */
const KEY_ID = /\bA(?:KIA|SIA)[A-Z0-9]{12,124}\b/g;

function masked(file: NamedText): NamedText {
  return { ...file, text: file.text.replace(KEY_ID, (id) => `...${lastFour(id)}`) };
}
