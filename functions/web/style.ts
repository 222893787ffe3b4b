import { createHash } from 'node:crypto';

/** The only style of all pages. It is included in each page, so that pages load nothing. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --soft: #57606a; --line: #d0d7de; --wash: #f6f8fa;
  --act: #0b57d0; --on-act: #fff; --bad: #b3261e; --on-bad: #fff; --good: #1a6b36 }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ec; --paper: #14171a; --soft: #a3adb7; --line: #3a4149;
  --wash: #1d2226; --act: #9cc2ff; --on-act: #0b1a30; --bad: #ffb4ab; --on-bad: #3b0907; --good: #8fd6a4 } }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 1rem; max-width: 52rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink);
  background: var(--paper); overflow-wrap: break-word }
header, footer { color: var(--soft); font-size: .9rem }
header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; justify-content: space-between;
  overflow-wrap: anywhere }
footer { margin-top: 2rem; border-top: 1px solid var(--line) }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 1rem 0 .5rem; overflow-wrap: anywhere }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem }
p, ul, ol { margin: .5rem 0; overflow-wrap: anywhere }
code, .key { font-family: ui-monospace, monospace; overflow-wrap: anywhere }
.key, .whole { white-space: nowrap }
.by { display: block }
.long { overflow-wrap: anywhere }
.box { border: 1px solid var(--line); border-left-width: .3rem; background: var(--wash); padding: .25rem .75rem;
  margin: .75rem 0 }
.cards { list-style: none; padding: 0; margin: 1rem 0 }
.card { border: 1px solid var(--line); border-left-width: .3rem; padding: .5rem .75rem; margin: .75rem 0 }
.card h2, .card h3, .card p { margin: .15rem 0 }
.card .act { display: inline-block; padding: .5rem 0; font-weight: 600 }
.bad { border-left-color: var(--bad) }
.good { border-left-color: var(--good) }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line) }
@media (max-width: 40rem) {
  .keys thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
  .keys, .keys tbody, .keys tr, .keys th, .keys td { display: block }
  .keys tr { padding: .5rem 0; border-bottom: 1px solid var(--line) }
  .keys th, .keys td { padding: .1rem 0; border: 0 }
  .keys td::before { content: attr(data-label) ': '; color: var(--soft) }
  .keys .by { display: inline }
  .keys a.by { display: block; padding: .4rem 0 }
}
@media (max-width: 16rem) { ul, ol { padding-left: 1rem } code { font-size: .65rem } }
.keys th .hint { font-weight: 400 }
.bars { table-layout: fixed }
.bars th, .bars td { padding: .25rem .75rem .25rem 0; vertical-align: middle }
.bars th { font-weight: 400; overflow-wrap: anywhere }
.bars thead th { font-weight: 600; vertical-align: bottom }
.bars col:first-child { width: 38% }
.bars col:last-child { width: 5rem }
.bars .number { padding-right: 0; text-align: right }
.bars svg { display: block; width: 100%; height: .5rem; fill: var(--act) }
.bars svg.line { height: 1.5rem }
.bars .rail { fill: var(--wash) }
fieldset { border: 1px solid var(--line); margin: .75rem 0; padding: .5rem .75rem }
legend, .label { font-weight: 600 }
label { display: block; padding: .35rem 0 }
input[type=text], input[type=date], select, textarea { display: block; width: 100%; max-width: 20rem; padding: .5rem; font: inherit; color: inherit;
  background: var(--paper); border: 1px solid var(--soft); border-radius: .25rem }
textarea { max-width: 30rem }
blockquote { margin: .5rem 0; padding-left: .75rem; border-left: .2rem solid var(--line); white-space: pre-wrap;
  overflow-wrap: anywhere }
h3 { font-size: 1rem; margin: 1rem 0 .25rem }
.risk, .hint.risk { color: var(--bad) }
input[aria-invalid=true] { border-color: var(--bad) }
details { margin: 1.5rem 0 }
summary { cursor: pointer; padding: .6rem 0; font-weight: 600 }
button { font: inherit; padding: .6rem 1.1rem; border: 0; border-radius: .25rem; background: var(--act);
  color: var(--on-act); cursor: pointer }
button.plain { background: none; color: var(--act); border: 1px solid var(--act) }
button.danger { background: var(--bad); color: var(--on-bad) }
.box a { color: inherit }
.hint { color: var(--soft); font-size: .9rem; margin: .25rem 0 }
label .hint { display: block; margin: 0 0 0 1.6rem }
label:has(input[type=radio]) { padding-left: 1.6rem; text-indent: -1.6rem }
label:has(input[type=radio]) .hint { margin: 0; text-indent: 0 }
.mistake { color: var(--bad); margin: .25rem 0 }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px }
`;

/** Allows exactly this style. A changed style has another hash, so the two always match. */
const STYLE_HASH = createHash('sha256').update(STYLE, 'utf8').digest('base64');

/** Headers of every answer. Pages are private, run no scripts, load nothing, and must not be framed. */
export const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; '),
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex, nofollow, noarchive',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Strict-Transport-Security': 'max-age=31536000',
};
