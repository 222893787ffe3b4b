/** The picture of one case, from the second key to the verified result, drawn from the steps below and the default settings. */
import { durationSeconds, parseSettings, type Settings } from '../../functions/contracts/settings.ts';
import { inWords } from '../../functions/core/words/words.ts';

type Lane = 'owner' | 'solekey' | 'approver';

interface Step {
  readonly when: string;
  readonly who: Lane;
  readonly title: string;
  readonly lines: readonly string[];
  /** True if the step changes something in IAM. */
  readonly changes?: true;
}

/** A period between two steps in which a person may still act. */
interface Span {
  readonly from: string;
  readonly to: string;
  readonly title: string;
  readonly lines: readonly string[];
}

function stepsWith(settings: Settings): Step[] {
  const told = (iso: string) => inWords(durationSeconds(iso));
  const notice = durationSeconds(settings.grace) - durationSeconds(settings.deletionNotice);
  return [
    {
      when: 'now',
      who: 'owner',
      title: 'A second key',
      lines: ['ci-deploy now has two', 'active access keys'],
    },
    {
      when: 'seconds later',
      who: 'solekey',
      title: 'Detected',
      lines: ['by an event or by AWS Config;', 'Solekey reads IAM and opens a case'],
    },
    {
      when: 'minutes later',
      who: 'solekey',
      title: 'Asked',
      lines: ['a mail to each approver: what we', 'propose, why, and a personal link'],
    },
    {
      when: 'when they like',
      who: 'approver',
      title: 'Decided',
      lines: [
        'chooses the key to keep;',
        'until then nothing changes,',
        `a reminder every ${told(settings.remindEvery)}`,
      ],
    },
    {
      when: 'seconds later',
      who: 'solekey',
      title: 'Deactivated',
      lines: ['the other key, if IAM still shows', 'what the approver was shown'],
      changes: true,
    },
    {
      when: `after ${inWords(notice)}`,
      who: 'solekey',
      title: 'Announced',
      lines: ['one more mail: when it will be deleted,', 'and that this cannot be undone'],
    },
    {
      when: `after ${told(settings.grace)}`,
      who: 'solekey',
      title: 'Deleted',
      lines: ['unless it was used or reactivated;', 'IAM must show it inactive twice more'],
      changes: true,
    },
    {
      when: 'minutes later',
      who: 'solekey',
      title: 'Verified',
      lines: ['IAM shows one active key; the case', 'is closed, and its history stays'],
    },
  ];
}

function spanWith(settings: Settings): Span {
  return {
    from: 'Deactivated',
    to: 'Deleted',
    title: `Undo, for ${inWords(durationSeconds(settings.grace))}`,
    lines: ['a link reactivates it;', 'then we ask again'],
  };
}

const LANES: Record<Lane, { readonly x: number; readonly width: number; readonly head: string }> = {
  owner: { x: 120, width: 178, head: "The user's owner" },
  solekey: { x: 318, width: 286, head: 'Solekey' },
  approver: { x: 630, width: 218, head: 'An approver' },
};
const WIDTH = 860;
const TOP = 48;
const LINE = 16;
const GAP = 20;

const heightOf = ({ lines }: Pick<Step, 'lines'>): number => 30 + lines.length * LINE;
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function text(kind: string, x: number, y: number, words: string, more = ''): string {
  return `<text class="${kind}" x="${x}" y="${y}"${more}>${escaped(words)}</text>`;
}

function box(
  kind: string,
  x: number,
  y: number,
  width: number,
  { title, lines }: Pick<Step, 'title' | 'lines'>,
): string[] {
  return [
    `<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${heightOf({ lines })}" rx="6"/>`,
    text('title', x + 12, y + 20, title),
    ...lines.map((line, n) => text('line', x + 12, y + 38 + n * LINE, line)),
  ];
}

/** An arrow between two boxes: straight down within a lane, otherwise sideways and down. */
function arrow(
  from: { readonly lane: Lane; readonly bottom: number; readonly middle: number },
  to: { readonly lane: Lane; readonly top: number; readonly middle: number },
): string {
  const a = LANES[from.lane];
  const b = LANES[to.lane];
  const down = b.x + (to.lane === 'approver' ? 40 : b.width / 2);
  if (from.lane === to.lane) {
    return `<path class="arrow" d="M${down} ${from.bottom}V${to.top - 2}"/>`;
  }
  const start = b.x > a.x ? a.x + a.width : a.x;
  return `<path class="arrow" d="M${start} ${from.middle}H${down}V${to.top - 2}"/>`;
}

const STYLE = `
text { font: 12.5px system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
.head, .title { font-weight: 600; }
.head, .when { fill: #57606a; }
.title { font-size: 14px; fill: #1f2328; }
.line, .note { fill: #1f2328; }
.step { fill: #f6f8fa; stroke: #8c959f; }
.change { fill: #fff1e5; stroke: #bc4c00; stroke-width: 2; }
.person { fill: #ddf4ff; stroke: #0969da; }
.undo { fill: none; stroke: #0969da; stroke-dasharray: 5 4; }
.arrow { fill: none; stroke: #57606a; stroke-width: 1.5; marker-end: url(#tip); }
.tip { fill: #57606a; }
@media (prefers-color-scheme: dark) {
  .head, .when { fill: #9198a1; }
  .title, .line, .note { fill: #f0f6fc; }
  .step { fill: #161b22; stroke: #656c76; }
  .change { fill: #3a1d08; stroke: #f0883e; }
  .person { fill: #0c2d4f; stroke: #4493f8; }
  .undo { stroke: #4493f8; }
  .arrow { stroke: #9198a1; }
  .tip { fill: #9198a1; }
}`;

export function drawFlow(): string {
  const parsed = parseSettings({
    region: 'us-east-1',
    accountName: 'example',
    mode: 'enforce',
    approvers: [{ id: 'a', name: 'A', email: 'a@example.com' }],
  });
  if (!parsed.ok) {
    throw new Error(parsed.problems.join('; '));
  }
  const drawn: string[] = [];
  const tops = new Map<string, number>();
  let y = TOP;
  let before: { readonly lane: Lane; readonly bottom: number; readonly middle: number } | null = null;
  for (const step of stepsWith(parsed.settings)) {
    const { x, width } = LANES[step.who];
    const height = heightOf(step);
    const middle = y + height / 2;
    const kind = step.changes ? 'change' : step.who === 'approver' ? 'person' : 'step';
    drawn.push(text('when', 106, middle + 4, step.when, ' text-anchor="end"'));
    drawn.push(...box(kind, x, y, width, step));
    if (before !== null) {
      drawn.push(arrow(before, { lane: step.who, top: y, middle }));
    }
    before = { lane: step.who, bottom: y + height, middle };
    tops.set(step.title, y);
    y += height + GAP;
  }
  drawn.push(...undo(spanWith(parsed.settings), tops));
  const note =
    'Only the two orange steps and the undo change anything in IAM. The times are those of the default settings.';
  return page(y + 30, [...heads(), ...drawn, text('note', 120, y + 12, note)]);
}

/** The approver's option to restore, drawn beside the steps between which it is available. */
function undo(span: Span, tops: ReadonlyMap<string, number>): string[] {
  const top = (tops.get(span.from) ?? 0) + 8;
  const bottom = (tops.get(span.to) ?? 0) + 8;
  const { x, width } = LANES.approver;
  const left = LANES.solekey.x + LANES.solekey.width;
  const middle = (top + bottom) / 2;
  const y = middle - heightOf(span) / 2;
  return [
    `<path class="undo" d="M${left + 4} ${top}h6V${bottom}h-6M${left + 10} ${middle}H${x}"/>`,
    ...box('person', x, y, width, span),
  ];
}

function heads(): string[] {
  return Object.values(LANES).map(({ x, head }) => text('head', x + 12, 30, head));
}

function page(height: number, content: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">
<title>One case, from the second key to the verified result</title>
<style>${STYLE}
</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="tip" d="M0 0L8 4L0 8z"/></marker></defs>
${content.join('\n')}
</svg>
`;
}
