/** A key as stored in IAM. */
export interface TrueKey {
  readonly id: string;
  readonly status: string;
}

/** A user as stored in IAM. */
export interface TrueUser {
  readonly userId: string;
  readonly userName: string;
  readonly keys: readonly TrueKey[];
}

interface MotoUser {
  readonly userId: string;
  readonly userName: string;
  readonly keys: readonly {
    readonly accessKeyId: string;
    readonly status: string;
    readonly created: string;
  }[];
}

/**
 * Reads users and keys directly from the emulator's memory, bypassing the gateway with all its faults, and without
 * any code of the product. Keys are sorted oldest first.
 */
export async function readTruth(motoUrl: string): Promise<ReadonlyMap<string, TrueUser>> {
  const answer = await fetch(`${motoUrl}/sandbox/users`);
  if (!answer.ok) {
    throw new Error(`IAM could not be read: ${answer.status}`);
  }
  const users = (await answer.json()) as MotoUser[];
  return new Map(
    users.map(({ userId, userName, keys }) => [userName, { userId, userName, keys: sorted(keys) }]),
  );
}

function sorted(keys: MotoUser['keys']): TrueKey[] {
  return [...keys]
    .sort((a, b) => (a.created < b.created ? -1 : 1))
    .map(({ accessKeyId, status }) => ({ id: accessKeyId, status }));
}
