import { isDeepStrictEqual } from 'node:util';
import { SandboxError } from '../world/say.ts';
import type { Resource, Template } from './assembly.ts';

const TABLE = 'AWS::DynamoDB::GlobalTable';

/** Properties that a table keeps for life: with another value CloudFormation makes a new, empty table. */
const FOR_LIFE = ['KeySchema', 'LocalSecondaryIndexes', 'TableName'];

const tablesOf = ({ Resources }: Template): readonly (readonly [string, Resource])[] =>
  Object.entries(Resources).filter(([, { Type }]) => Type === TABLE);

/**
 * Throws for what AWS would refuse, or would do at the price of what is stored, where the emulator may just do it: a
 * table that is replaced or dropped, and more than one new index on a table in one update.
 */
export function refuseToLoseTables(before: Template, after: Template): void {
  for (const [id, { Properties: old = {} }] of tablesOf(before)) {
    const now = after.Resources[id]?.Properties;
    if (now === undefined) {
      throw new SandboxError(`The update would leave the table ${id} behind.`);
    }
    const other = FOR_LIFE.filter((property) => !isDeepStrictEqual(old[property], now[property]));
    if (other.length > 0) {
      throw new SandboxError(`The update would replace the table ${id}: ${other} differs.`);
    }
    const present = indexesOf(old);
    const added = indexesOf(now).filter((name) => !present.includes(name));
    if (added.length > 1) {
      throw new SandboxError(
        `DynamoDB adds one index in an update, not ${added.join(' and ')}, to the table ${id}.`,
      );
    }
  }
}

const indexesOf = ({ GlobalSecondaryIndexes = [] }: Readonly<Record<string, unknown>>): readonly string[] =>
  (GlobalSecondaryIndexes as readonly { readonly IndexName: string }[]).map(({ IndexName }) => IndexName);
