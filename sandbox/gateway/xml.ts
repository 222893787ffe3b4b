/**
 * The subset of XML that the IAM query protocol needs: answers are flat, have no attributes, and come from one
 * program whose version is pinned. Lists are `<Name><member>…</member>…</Name>`, and members may contain lists.
 */

const ESCAPES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
};

function unescapeXml(text: string): string {
  return text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&(amp|lt|gt|quot|apos);/g, (written) => ESCAPES[written] ?? written);
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The text of the first element with this name; undefined if there is none. */
export function textOf(xml: string, name: string): string | undefined {
  const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml);
  return found ? unescapeXml(found[1] ?? '') : undefined;
}

/** The members of a list, each with its tags; undefined if the answer has no such list. */
export function membersOf(xml: string, list: string): string[] | undefined {
  const [start, end] = extentOf(xml, list);
  if (start < 0) {
    return undefined;
  }
  const members: string[] = [];
  let depth = 0;
  let opened = start;
  for (const tag of xml.slice(start, end).matchAll(/<(\/?)member>/g)) {
    const at = start + tag.index;
    if (tag[1] === '' && depth++ === 0) {
      opened = at;
    }
    if (tag[1] === '/' && --depth === 0) {
      members.push(xml.slice(opened, at + tag[0].length));
    }
  }
  return members;
}

/** The answer with the members of this list replaced. */
export function withMembers(xml: string, list: string, members: readonly string[]): string {
  const [start, end] = extentOf(xml, list);
  return start < 0 ? xml : xml.slice(0, start) + members.join('') + xml.slice(end);
}

/**
 * Start and end of a list's content; start is -1 if there is no list. moto writes an empty list as `<Name/>` or
 * `<Name></Name>`.
 */
function extentOf(xml: string, list: string): readonly [number, number] {
  const open = xml.indexOf(`<${list}>`);
  return open < 0 ? [-1, -1] : [open + list.length + 2, xml.lastIndexOf(`</${list}>`)];
}
