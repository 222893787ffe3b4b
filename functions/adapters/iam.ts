import {
  DeleteAccessKeyCommand,
  GetAccessKeyLastUsedCommand,
  GetUserCommand,
  type IAMClient,
  IAMServiceException,
  type ListUsersCommandOutput,
  NoSuchEntityException,
  paginateListAccessKeys,
  paginateListUsers,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import { type IamReader, type IamWriter, Unreadable, type WriteAnswer } from '../app/ports.ts';
import type { IamError } from '../core/case/history.ts';
import type { KeyStatus, UnknownWhy } from '../core/model/observation.ts';
import { instantOf } from '../core/model/time.ts';

/** Reads from IAM. Only NoSuchEntity means absence; every other failure throws Unreadable. */
export function iamReader(iam: IAMClient): IamReader {
  return {
    async user(name) {
      const answer = await reading('GetUser', () => iam.send(new GetUserCommand({ UserName: name })));
      if (answer === null) {
        return null;
      }
      const { UserId, UserName, Path, Tags } = answer.User ?? {};
      if (UserId === undefined || UserName === undefined) {
        throw new Unreadable('ambiguous', 'GetUser');
      }
      const tags = Object.fromEntries((Tags ?? []).map((tag) => [tag.Key ?? '', tag.Value ?? '']));
      return { userId: UserId, userName: UserName, path: Path ?? '/', tags };
    },

    keys(name) {
      return reading('ListAccessKeys', async () => {
        const pages = paginateListAccessKeys({ client: iam }, { UserName: name });
        const found = [];
        for await (const page of pages) {
          found.push(...complete('ListAccessKeys', page, page.AccessKeyMetadata));
        }
        return found.map(({ AccessKeyId, Status, CreateDate }) => {
          if (AccessKeyId === undefined || CreateDate === undefined) {
            throw new Unreadable('ambiguous', 'ListAccessKeys');
          }
          return { id: AccessKeyId, status: statusOf(Status), created: instantOf(CreateDate.getTime()) };
        });
      });
    },

    async lastUsed(keyId) {
      const answer = await reading('GetAccessKeyLastUsed', () =>
        iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: keyId })),
      );
      // The key disappeared between the list and this call, so the list is outdated.
      if (answer?.AccessKeyLastUsed === undefined) {
        throw new Unreadable('ambiguous', 'GetAccessKeyLastUsed');
      }
      const { LastUsedDate, ServiceName, Region } = answer.AccessKeyLastUsed;
      if (LastUsedDate === undefined) {
        return { kind: 'never' };
      }
      const at = instantOf(LastUsedDate.getTime());
      return { kind: 'used', at, service: ServiceName ?? 'N/A', region: Region ?? 'N/A' };
    },

    async ownerOf(keyId) {
      const answer = await reading('GetAccessKeyLastUsed', () =>
        iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: keyId })),
      );
      return answer?.UserName ?? null;
    },

    nameOf(userId) {
      return reading('ListUsers', async () => {
        for await (const page of paginateListUsers({ client: iam, pageSize: 1000 }, {})) {
          const users = complete('ListUsers', page, page.Users);
          const user = users.find((candidate) => candidate.UserId === userId);
          if (user?.UserName !== undefined) {
            return user.UserName;
          }
        }
        return null;
      });
    },
  };
}

/**
 * Writes to IAM. The client must make one attempt with a short timeout (law 2), so that an unknown result stays
 * unknown.
 */
export function iamWriter(iam: IAMClient): IamWriter {
  return {
    setStatus: (userName, keyId, status) =>
      writing(() =>
        iam.send(new UpdateAccessKeyCommand({ UserName: userName, AccessKeyId: keyId, Status: status })),
      ),
    remove: (userName, keyId) =>
      writing(() => iam.send(new DeleteAccessKeyCommand({ UserName: userName, AccessKeyId: keyId }))),
  };
}

/**
 * The entries of one page. Throws Unreadable for a truncated page without a marker, because that would hide a key or
 * user.
 */
function complete<T>(
  call: string,
  page: Pick<ListUsersCommandOutput, 'IsTruncated' | 'Marker'>,
  found: T[] | undefined,
): T[] {
  const lost = page.IsTruncated === true && (page.Marker ?? '') === '';
  if (found === undefined || lost) {
    throw new Unreadable('ambiguous', call);
  }
  return found;
}

async function reading<T>(call: string, read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Unreadable) {
      throw error;
    }
    if (error instanceof NoSuchEntityException) {
      return null;
    }
    throw new Unreadable(whyOf(error), call);
  }
}

async function writing(write: () => Promise<unknown>): Promise<WriteAnswer> {
  try {
    await write();
    return { outcome: 'done' };
  } catch (error) {
    if (error instanceof NoSuchEntityException) {
      return { outcome: 'absent', error: errorOf(error) };
    }
    // A 4xx error means that IAM changed nothing. After a 5xx error or without an answer it may have.
    if (!(error instanceof IAMServiceException) || (error.$metadata.httpStatusCode ?? 500) >= 500) {
      return { outcome: 'unknown' };
    }
    return { outcome: whyOf(error) === 'throttled' ? 'throttled' : 'refused', error: errorOf(error) };
  }
}

/** Maximum length of a part of an answer that is kept. */
const KEPT = 100;

function errorOf({ name, $metadata }: IAMServiceException): IamError {
  return { code: name.slice(0, KEPT), requestId: $metadata.requestId?.slice(0, KEPT) ?? null };
}

function whyOf(error: unknown): UnknownWhy {
  const code = error instanceof Error ? error.name : '';
  if (/AccessDenied|UnauthorizedOperation/.test(code)) {
    return 'denied';
  }
  return /Throttl|TooManyRequests|RequestLimitExceeded/.test(code) ? 'throttled' : 'failed';
}

const KNOWN = { Active: true, Inactive: true, Expired: true } as const satisfies Record<KeyStatus, true>;
const STATUSES = Object.keys(KNOWN) as KeyStatus[];

/** A key status. An unknown one throws Unreadable: such a key can neither be kept nor changed safely. */
function statusOf(status: string | undefined): KeyStatus {
  const known = STATUSES.find((one) => one === status);
  if (known === undefined) {
    throw new Unreadable('ambiguous', 'ListAccessKeys');
  }
  return known;
}
