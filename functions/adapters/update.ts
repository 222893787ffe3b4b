import type { ItemKey } from '../contracts/items.ts';

/** A condition that the stored item must meet for the update. */
export interface Condition {
  readonly expression: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** Requires that there is no item yet. */
export const IS_NEW: Condition = { expression: 'attribute_not_exists(pk)' };

/**
 * An update that sets these attributes, removes those that are undefined, and keeps all others, which a newer release
 * may have written. In a condition, `#name` stands for an attribute whose name DynamoDB reserves.
 */
export function setting(
  table: string,
  key: ItemKey,
  attributes: Readonly<Record<string, unknown>>,
  condition?: Condition,
) {
  const given = Object.entries(attributes);
  const set = given.filter(([, value]) => value !== undefined);
  const removed = given.filter(([, value]) => value === undefined);
  const sets = set.map(([name]) => `#${name} = :${name}`).join(', ');
  const removes = removed.map(([name]) => `#${name}`).join(', ');
  return {
    TableName: table,
    Key: key,
    UpdateExpression: removes === '' ? `SET ${sets}` : `SET ${sets} REMOVE ${removes}`,
    ExpressionAttributeNames: Object.fromEntries(given.map(([name]) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
      ...condition?.values,
    },
    ...(condition === undefined ? {} : { ConditionExpression: condition.expression }),
  };
}
