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
import { type IamReader, type IamWriter, Unreadable, type WriteOutcome } from '../app/ports.ts';
import type { KeyStatus, UnknownWhy } from '../core/model/observation.ts';
import { instantOf } from '../core/model/time.ts';

/** IAM reads. Absence is only what IAM calls NoSuchEntity; every other failure is unreadable. */
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
      // The key vanished between listing and this call: the listing is out of date.
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

/** IAM writes: the client given here makes one attempt with a short timeout (law 2), so that an unknown answer stays unknown. */
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

/** The entries of one page. A list that is cut off without saying where it goes on would hide a key or a user. */
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

async function writing(write: () => Promise<unknown>): Promise<WriteOutcome> {
  try {
    await write();
    return 'done';
  } catch (error) {
    if (error instanceof NoSuchEntityException) {
      return 'absent';
    }
    // A 4xx answer means that IAM did nothing; a 5xx or no answer leaves open whether it did.
    const status = error instanceof IAMServiceException ? (error.$metadata.httpStatusCode ?? 500) : 500;
    return status < 500 ? 'refused' : 'unknown';
  }
}

function whyOf(error: unknown): UnknownWhy {
  const code = error instanceof Error ? error.name : '';
  if (/AccessDenied|UnauthorizedOperation/.test(code)) {
    return 'denied';
  }
  return /Throttl|TooManyRequests|RequestLimitExceeded/.test(code) ? 'throttled' : 'failed';
}

/** A status that this version does not know is nothing that can sign for us to keep, and nothing we may act on. */
function statusOf(status: string | undefined): KeyStatus {
  if (status === 'Active' || status === 'Inactive' || status === 'Expired') {
    return status;
  }
  throw new Unreadable('ambiguous', 'ListAccessKeys');
}
