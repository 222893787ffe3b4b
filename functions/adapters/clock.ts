import type { Context } from 'aws-lambda';
import type { Clock } from '../app/ports.ts';
import { instantOf } from '../core/model/time.ts';

/** The system clock, and the time left in this invocation. */
export function lambdaClock(context: Pick<Context, 'getRemainingTimeInMillis'>): Clock {
  return {
    now: () => instantOf(Date.now()),
    remaining: () => context.getRemainingTimeInMillis(),
  };
}

/** The account in which this function runs, from its own ARN. */
export function accountOf({ invokedFunctionArn }: Pick<Context, 'invokedFunctionArn'>): string {
  return invokedFunctionArn.split(':')[4] ?? '';
}

/** The Region in which this function runs, from its own ARN. */
export function regionOf({ invokedFunctionArn }: Pick<Context, 'invokedFunctionArn'>): string {
  return invokedFunctionArn.split(':')[3] ?? '';
}
