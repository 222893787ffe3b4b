import {
  IdempotencyConfig,
  IdempotencyPersistenceLayerError,
  makeIdempotent,
} from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';

/** Longer than EventBridge (24 h) and the queue together can deliver the same event again. */
const REMEMBER_SECONDS = 36 * 3600;

/** Runs the work once per event id. This only saves work: every rule holds without it. */
export type Once = (eventId: string, work: () => Promise<unknown>) => Promise<void>;

/**
 * Remembers handled events in a small table with a TTL. Events whose work throws are not remembered. Also throws for an
 * event that another invocation is handling: that may still fail, so the queue must deliver this message again.
 */
export function onceIn(client: DynamoDBClient, tableName: string, context: Context): Once {
  const config = new IdempotencyConfig({
    throwOnNoIdempotencyKey: true,
    expiresAfterSeconds: REMEMBER_SECONDS,
    eventKeyJmesPath: '@',
  });
  config.registerLambdaContext(context);
  const persistenceStore = new DynamoDBPersistenceLayer({ tableName, awsSdkV3Client: client });
  return async (eventId, work) => {
    let begun = false;
    const tracked = async (_id: string) => {
      begun = true;
      await work();
    };
    const once = makeIdempotent(tracked, {
      persistenceStore,
      config,
      keyPrefix: 'event',
    });
    try {
      await once(eventId);
    } catch (error) {
      // The table is unavailable. It only saves work, so the work is done without it.
      if (error instanceof IdempotencyPersistenceLayerError && !begun && eventId !== '') {
        await work();
      } else {
        throw error;
      }
    }
  };
}
