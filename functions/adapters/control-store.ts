import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { CONTROL_KEY, controlItemSchema } from '../contracts/items.ts';
import { SCHEMA } from '../contracts/stored.ts';
import { type Control, UNRESTRICTED } from '../core/model/policy.ts';
import { setting } from './update.ts';

/** The control item for the operator's commands. Functions read it in every pass and request, and never write it. */
export interface ControlStore {
  read(): Promise<Control>;
  /** Writes the changed item. Throws if somebody else changed it in between. */
  change(change: (control: Control) => Control): Promise<Control>;
}

export function controlStore(documents: DynamoDBDocumentClient, table: string): ControlStore {
  const stored = async () => {
    const { Item } = await documents.send(
      new GetCommand({ TableName: table, Key: CONTROL_KEY, ConsistentRead: true }),
    );
    const control = Item === undefined ? UNRESTRICTED : controlItemSchema.parse(Item);
    return { control, revision: typeof Item?.revision === 'number' ? Item.revision : 0 };
  };
  return {
    read: async () => (await stored()).control,

    async change(change) {
      const { control, revision } = await stored();
      const next = change(control);
      const attributes = { ...next, revision: revision + 1, schema: SCHEMA.control };
      const unchanged = {
        expression: 'attribute_not_exists(revision) OR revision = :seen',
        values: { ':seen': revision },
      };
      await documents.send(new UpdateCommand(setting(table, CONTROL_KEY, attributes, unchanged)));
      return next;
    },
  };
}
