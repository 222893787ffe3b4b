import type { AwsCall, CallAnswer } from '../gateway/call.ts';

/** An item in DynamoDB's format, with the type of each value. */
export type TypedItem = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Something that the release stored and a later release will read. */
export interface Stored {
  /** The story or play that wrote it. */
  readonly from: string;
  /** The table's name, or `queue`. */
  readonly where: string;
  /** The item with its types, or the body of a message. */
  readonly what: TypedItem | string;
}

interface Put {
  readonly TableName: string;
  readonly Item: TypedItem;
}

interface Body extends Partial<Put> {
  readonly TransactItems?: readonly { readonly Put?: Put }[];
  readonly MessageBody?: string;
  readonly Entries?: readonly { readonly MessageBody: string }[];
}

/** The items and messages in one AWS call, exactly as stored. Updates have none; their result is in the final scan. */
export function storedBy(from: string, action: string, text: string): Stored[] {
  if (!/^(?:TransactWriteItems|PutItem|SendMessage|SendMessageBatch)$/.test(action)) {
    return [];
  }
  const { TransactItems = [], TableName, Item, MessageBody, Entries = [] } = JSON.parse(text) as Body;
  const single = TableName === undefined || Item === undefined ? [] : [{ TableName, Item }];
  const puts = [...TransactItems.flatMap(({ Put }) => Put ?? []), ...single];
  const bodies = [
    ...(MessageBody === undefined ? [] : [MessageBody]),
    ...Entries.map((one) => one.MessageBody),
  ];
  return [
    ...puts.map((put) => ({ from, where: put.TableName, what: put.Item })),
    ...bodies.map((what) => ({ from, where: 'queue', what })),
  ];
}

/** Records everything that passes the gateway to be stored, including what a later write replaces. */
export class Tap {
  readonly #from: string;
  readonly stored: Stored[] = [];

  constructor(from: string) {
    this.#from = from;
  }

  readonly watch = ({ service, action, request }: AwsCall, answer: CallAnswer): void => {
    const counts = answer === 'lost' || answer.status < 300;
    if (!counts || (service !== 'dynamodb' && service !== 'sqs')) {
      return;
    }
    this.stored.push(...storedBy(this.#from, action, request.body.toString('utf8')));
  };
}
