import { NotRead } from '../../app/health-ports.ts';

/** The names with which services say that a permission is missing. */
const DENIED = /AccessDenied|AuthorizationError|NotAuthorized|UnauthorizedOperation|AuthFailure/;

/** The answer of a call; throws {@link NotRead} if there is none. */
export async function answered<T>(call: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const why = error instanceof Error && DENIED.test(error.name) ? 'denied' : 'no-answer';
    throw new NotRead(why, call, { cause: error });
  }
}

/** As {@link answered}, but null if the service said that there is no such thing (an error with this name). */
export async function answeredOrNull<T>(call: string, absent: RegExp, answer: Promise<T>): Promise<T | null> {
  return answered(
    call,
    answer.catch((error: unknown) => {
      if (error instanceof Error && absent.test(error.name)) {
        return null;
      }
      throw error;
    }),
  );
}
