import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { SignOffAsked, SignOffKeeper } from '../app/signoff-ports.ts';
import { CONTROL_KEY, controlItemSchema } from '../contracts/items.ts';
import { readSignOffAsk, signOffAskKey } from '../contracts/sign-off-ask-item.ts';
import { SCHEMA } from '../contracts/stored.ts';
import { UNRESTRICTED } from '../core/model/policy.ts';
import { batchGet } from './batch-get.ts';

/** The state of sign-offs in the table, as the survey stores it. */
export function signOffKeeper(documents: DynamoDBDocumentClient, table: string): SignOffKeeper {
  return {
    async ask(account) {
      const [item] = await batchGet(documents, table, [signOffAskKey(account)]);
      return readSignOffAsk(item);
    },

    async keep(account, signOff) {
      const Item = { ...signOffAskKey(account), signOff, schema: SCHEMA.signOff };
      await documents.send(new PutCommand({ TableName: table, Item }));
    },
  };
}

/** The same with the control item, as reconcile reads it. */
export function signOffAsked(documents: DynamoDBDocumentClient, table: string): SignOffAsked {
  return {
    async read(account) {
      const items = await batchGet(documents, table, [signOffAskKey(account), CONTROL_KEY]);
      const of = (sk: string) => items.find((item) => item.sk === sk);
      const control = of(CONTROL_KEY.sk);
      return {
        ask: readSignOffAsk(of(signOffAskKey(account).sk)),
        control: control === undefined ? UNRESTRICTED : controlItemSchema.parse(control),
      };
    },
  };
}
