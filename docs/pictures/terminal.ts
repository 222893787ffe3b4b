import { summary, table } from '../../functions/core/assess/screen.ts';
import { exampleAssessment } from './example-account.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Columns of the terminal, and the size of one of its characters. */
const [COLUMNS, WIDE, HIGH] = [126, 7.8, 20];
const MARGIN = 16;

/** Lines below the table that are shown; the others say where the facts are from, and what Solekey would cost. */
const SHOWN_BELOW = 3;

const STYLE = `
svg { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace }
rect { fill: #f6f8fa; stroke: #d0d7de }
text { fill: #1b1f24; white-space: pre }
.bad { fill: #b3261e }
@media (prefers-color-scheme: dark) { rect { fill: #14171a; stroke: #3a4149 } text { fill: #e6e9ec } .bad { fill: #ffb4ab } }
`;

interface Row {
  readonly text: string;
  readonly bad: boolean;
}

/** The lines that the command prints, folded at the terminal's width. A long reason goes on below itself. */
function rows(): Row[] {
  const assessment = exampleAssessment();
  const [heading = '', ...users] = table(assessment);
  const indent = ' '.repeat(heading.indexOf('why'));
  const plain = (line: string) => folded(line, '').map((text): Row => ({ text, bad: false }));
  return [
    ...['$ npm run assess', '', heading].flatMap(plain),
    ...users.flatMap((line) => folded(line, indent).map((text): Row => ({ text, bad: true }))),
    ...['', ...summary(assessment).slice(0, SHOWN_BELOW)].flatMap(plain),
  ];
}

function folded(line: string, indent: string): string[] {
  if (line.length <= COLUMNS) {
    return [line];
  }
  const at = line.lastIndexOf(' ', COLUMNS);
  return [line.slice(0, at).trimEnd(), ...folded(indent + line.slice(at + 1).trimStart(), indent)];
}

/** The terminal after `npm run assess` on the invented account, as SVG. */
export function drawTerminal(): string {
  const drawn = rows().map(({ text, bad }, row) => {
    const y = MARGIN + HIGH * (row + 0.7);
    return `<text x="${MARGIN}" y="${y}"${bad ? ' class="bad"' : ''} xml:space="preserve">${escaped(text)}</text>`;
  });
  const [width, height] = [Math.ceil(COLUMNS * WIDE) + 2 * MARGIN, drawn.length * HIGH + 2 * MARGIN];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">
<title>npm run assess in a terminal: users with more than one active access key, each with a proposal, and totals</title>
<style>${STYLE}</style>
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
${drawn.join('\n')}
</svg>
`;
}
