import { unescaped } from '../form.ts';
import { openPage, type Page } from '../page.ts';

/** A case in a list. */
export interface ListRow {
  readonly userName: string;
  /** The address of the page of its case. */
  readonly url: string;
  /** The value of its box; null if it is not decided together with others. */
  readonly box: string | null;
}

/** One page of a list, as a person has it open. */
export interface ListPage extends Page {
  readonly rows: readonly ListRow[];
}

/** The rows of a page of a list, in its order. Cards are flat but for the list of keys, which has no heading. */
export function rowsOn({ url, html }: Pick<Page, 'url' | 'html'>): ListRow[] {
  return html
    .split(/<li class="card\b[^>]*>/)
    .slice(1)
    .flatMap((card) => {
      const [, href, userName] = /<h2><a href="([^"]+)">([^<]+)<\/a><\/h2>/.exec(card) ?? [];
      const [, box = null] = /<input type="checkbox" name="row" value="([^"]+)">/.exec(card) ?? [];
      return href === undefined || userName === undefined
        ? []
        : [{ userName: unescaped(userName), url: new URL(unescaped(href), url).href, box }];
    });
}

/** Opens a list and all its further pages. `filter` is a query such as `?confidence=high`. */
export async function openList(link: string, filter = ''): Promise<readonly ListPage[]> {
  const pages: ListPage[] = [];
  for (let next: string | undefined = `${link}${filter}`; next !== undefined; ) {
    const page: Page = await openPage(next);
    pages.push({ ...page, rows: rowsOn(page) });
    const further = /href="(\?[^"]*\bafter=[^"]+)"/.exec(page.html)?.[1];
    next = further === undefined ? undefined : new URL(unescaped(further), next).href;
  }
  return pages;
}

/** All rows of a list. */
export async function listRows(link: string, filter = ''): Promise<readonly ListRow[]> {
  return (await openList(link, filter)).flatMap(({ rows }) => rows);
}
