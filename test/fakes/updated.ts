export type Item = Record<string, unknown>;

/** As much of an update as the item that comes of it depends on. */
export interface Update {
  readonly Key: Item;
  readonly UpdateExpression: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Item;
}

/** The item after an update of the kind that the adapters make: `SET #a = :a, #b = :b REMOVE #c`. */
export function updated(before: Item | undefined, update: Update): Item {
  const { Key, UpdateExpression, ExpressionAttributeNames: names = {} } = update;
  const [sets = '', removes = ''] = UpdateExpression.split(' REMOVE ');
  const after: Item = { ...before, ...Key };
  for (const [, name = '', value = ''] of sets.matchAll(/(#?\w+) = (:\w+)/g)) {
    after[names[name] ?? name] = structuredClone(update.ExpressionAttributeValues?.[value]);
  }
  for (const [name] of removes.matchAll(/#?\w+/g)) {
    delete after[names[name] ?? name];
  }
  return after;
}
