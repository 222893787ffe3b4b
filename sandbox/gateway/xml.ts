/**
 * Just enough XML for the IAM query protocol, whose answers are flat, without attributes, and made by one program
 * that we pin. Lists are `<Name><member>…</member>…</Name>`, and members may hold lists themselves.
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

/** The text of the first element of this name. */
export function textOf(xml: string, name: string): string | undefined {
  const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml);
  return found ? unescapeXml(found[1] ?? '') : undefined;
}

/** The members of a list, each with its tags. Undefined when the answer has no such list. */
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

/** The same answer with other members in this list. */
export function withMembers(xml: string, list: string, members: readonly string[]): string {
  const [start, end] = extentOf(xml, list);
  return start < 0 ? xml : xml.slice(0, start) + members.join('') + xml.slice(end);
}

/** Where the content of a list begins and ends; moto writes an empty one as `<Name/>` or `<Name></Name>`. */
function extentOf(xml: string, list: string): readonly [number, number] {
  const open = xml.indexOf(`<${list}>`);
  return open < 0 ? [-1, -1] : [open + list.length + 2, xml.lastIndexOf(`</${list}>`)];
}
