import { membersOf, textOf, withMembers } from './xml.ts';

/**
 * moto returns every list whole. Here lists are cut into pages as IAM does: at most MaxItems (100 by default, 1000 at
 * most), IsTruncated, and an opaque Marker that resumes after the last item shown, so that a deletion between two
 * pages skips nobody.
 */
const LISTS: Readonly<Record<string, readonly { readonly list: string; readonly key: string }[]>> = {
  ListUsers: [{ list: 'Users', key: 'UserName' }],
  ListAccessKeys: [{ list: 'AccessKeyMetadata', key: 'AccessKeyId' }],
  ListUserTags: [{ list: 'Tags', key: 'Key' }],
  GetAccountAuthorizationDetails: [
    { list: 'UserDetailList', key: 'UserName' },
    { list: 'GroupDetailList', key: 'GroupName' },
    { list: 'RoleDetailList', key: 'RoleName' },
    { list: 'Policies', key: 'Arn' },
  ],
};

const DEFAULT_ITEMS = 100;
const MOST_ITEMS = 1_000;

export const isPaged = (action: string): boolean => action in LISTS;

/** A valid page request, or IAM's error message for an invalid one. */
export type PageRequest = { readonly size: number; readonly after: string } | { readonly invalid: string };

export function readPageRequest(action: string, parameters: URLSearchParams): PageRequest {
  const asked = parameters.get('MaxItems');
  const size = asked === null ? DEFAULT_ITEMS : Number(asked);
  if (!Number.isInteger(size) || size < 1 || size > MOST_ITEMS) {
    const bound = size < 1 ? 'greater than or equal to 1' : `less than or equal to ${MOST_ITEMS}`;
    return {
      invalid: `1 validation error detected: Value '${asked}' at 'maxItems' failed to satisfy constraint: Member must have value ${bound}`,
    };
  }
  const marker = parameters.get('Marker');
  if (marker === null) {
    return { size, after: '' };
  }
  const [madeFor, after] = Buffer.from(marker, 'base64url').toString('utf8').split('\n');
  return madeFor === action && after ? { size, after } : { invalid: `Invalid Marker: ${marker}` };
}

/** Sort key of an item: its section, then its name. A marker is the sort key of the last item shown. */
const place = (section: number, name: string): string => `${section}/${name}`;

/**
 * Parameters that limit moto's longest list to the part that a page needs, because moto takes a second to write
 * thousands of users. It includes one item more than is shown, which tells that there are more.
 */
export function partNeeded(
  action: string,
  parameters: URLSearchParams,
  { size, after }: { readonly size: number; readonly after: string },
): Readonly<Record<string, string>> {
  const filters = [...parameters].filter(([name]) => name.startsWith('Filter.')).map(([, value]) => value);
  if (action !== 'GetAccountAuthorizationDetails' || !filters.includes('User')) {
    return {};
  }
  // After the users come other sections, for which one user is enough to ask for.
  const [section, name = ''] = after === '' ? ['0'] : [after.slice(0, 1), after.slice(2)];
  return section === '0'
    ? { 'x-sandbox-most': String(size + 1), 'x-sandbox-after': name }
    : { 'x-sandbox-most': '1', 'x-sandbox-after': '' };
}

/** Cuts one page out of a whole answer. Items for which `hidden` is true are left out. */
export function cutPage(
  action: string,
  whole: string,
  page: { readonly size: number; readonly after: string },
  hidden: (key: string) => boolean = () => false,
): string {
  const lists = LISTS[action] ?? [];
  const items = lists
    .flatMap(({ list, key }, section) =>
      (membersOf(whole, list) ?? []).map((xml) => ({ xml, list, section, name: textOf(xml, key) ?? '' })),
    )
    .filter((item) => !hidden(item.name))
    .map((item) => ({ ...item, place: place(item.section, item.name) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .filter((item) => item.place > page.after);
  const shown = items.slice(0, page.size);
  const last = shown.at(-1);
  const truncated = last !== undefined && items.length > shown.length;
  let answer = whole;
  for (const { list } of lists) {
    const members = shown.filter((item) => item.list === list).map((item) => item.xml);
    answer = withMembers(answer, list, members);
  }
  const marker = last && Buffer.from(`${action}\n${last.place}`).toString('base64url');
  const ending = `<IsTruncated>${truncated}</IsTruncated>${truncated ? `<Marker>${marker}</Marker>` : ''}`;
  const result = `</${action}Result>`;
  return answer.replace(/<IsTruncated>[^<]*<\/IsTruncated>/, '').replace(result, ending + result);
}
