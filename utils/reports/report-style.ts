/**
 * The look of the report, on paper and on a screen. The values are those of the interface's tokens; a report
 * stands alone, so it carries its own copy.
 */
export const reportStyle = `
:root {
  color-scheme: light;
  --ground: #f5f6f4; --surface: #ffffff; --quiet: #eceeeb; --ink: #1c2422; --soft: #51605b;
  --line: #d7dcd8; --accent: #1d5f5a; --warn: #faf0db; --warn-ink: #6b4200;
  --font: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", "Noto Naskh Arabic",
    Tahoma, Arial, sans-serif;
  --fixed: ui-monospace, "SF Mono", "Cascadia Mono", "Noto Sans Mono", "DejaVu Sans Mono", monospace;
}
* { box-sizing: border-box; }
html { background: var(--ground); color: var(--ink); font: 0.9375rem/1.5 var(--font); }
html:lang(ar) { font-size: 1.0625rem; line-height: 1.75; }
body { max-width: 52rem; margin: 0 auto; padding: 2rem 1.25rem; }
section { background: var(--surface); border: 1px solid var(--line); border-radius: 0.875rem;
  padding: 2rem; margin-block-end: 1.5rem; }
h1 { font-size: 1.625rem; line-height: 1.3; margin: 0 0 0.25rem; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 0 0 1rem; }
h3 { font-size: 1rem; line-height: 1.3; margin: 1.75rem 0 0.5rem; color: var(--accent); }
p { margin: 0 0 0.75rem; }
.soft { color: var(--soft); }
.own { white-space: pre-wrap; overflow-wrap: anywhere; }
.notice { background: var(--warn); color: var(--warn-ink); border-radius: 0.5rem; padding: 0.75rem 1rem; }
.notice { margin-block-end: 1.25rem; }
.notice ul, .notice p:last-child { margin-block-end: 0; }
.notice .words { margin-block-end: 0.75rem; }
dl { display: grid; grid-template-columns: minmax(7rem, 13rem) minmax(0, 1fr); gap: 0; margin: 0; }
dt, dd { padding-block: 0.375rem; border-block-start: 1px solid var(--line); margin: 0; }
dt { color: var(--soft); padding-inline-end: 1.25rem; }
dl > .row:first-child > * { border-block-start: 0; }
dl + dl > .row:first-child > * { border-block-start: 1px solid var(--line); }
.row { display: contents; }
dd { overflow-wrap: anywhere; }
dd ul { margin: 0; padding-inline-start: 1.125rem; }
ol, ul { margin: 0 0 0.75rem; padding-inline-start: 1.5rem; }
li { margin-block-end: 0.25rem; }
bdi { overflow-wrap: anywhere; }
.code { font-family: var(--fixed); font-size: 0.875rem; unicode-bidi: isolate; overflow-wrap: anywhere; }
dd > .code { display: block; text-align: start; }
[dir="rtl"] dd > .code { text-align: right; }
.words { margin: 0; padding-inline-start: 0.875rem; border-inline-start: 3px solid var(--accent); }
.words p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; min-height: 1lh; }
figure { margin: 0 0 1.25rem; }
img, figure > svg { display: block; max-width: 100%; height: auto; border: 1px solid var(--line); border-radius: 0.5rem; }
figure > svg { margin-block-end: 0.5rem; }
.pool { position: absolute; width: 0; height: 0; }
figcaption { color: var(--soft); font-size: 0.875em; margin-block-start: 0.5rem; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: start; vertical-align: top; padding: 0.375rem 0.75rem 0.375rem 0;
  border-block-start: 1px solid var(--line); }
[dir="rtl"] th, [dir="rtl"] td { padding: 0.375rem 0 0.375rem 0.75rem; }
th { color: var(--soft); font-weight: 400; border-block-start: 0; }
td:first-child, td:nth-child(2) { white-space: nowrap; }
td .code { font-size: 0.8125rem; }
.digest { word-break: break-all; }
@media (max-width: 36rem) {
  body { padding: 0.75rem; }
  section { padding: 1.125rem; }
  dl { grid-template-columns: minmax(0, 1fr); }
  dd { border-block-start: 0; padding-block-start: 0; }
  td:first-child, td:nth-child(2) { white-space: normal; }
}
@page {
  margin: 16mm 16mm 15mm;
  @bottom-center { content: "\\2066" counter(page) " / " counter(pages) "\\2069"; font: 9pt sans-serif; color: #51605b; }
}
.foot { display: none; }
.declaration p { margin-block-end: 1rem; }
.declaration p:last-child { margin-block-start: 3rem; }
@media print {
  html { background: none; font-size: 10pt; }
  html:lang(ar) { font-size: 11pt; }
  body { max-width: none; padding: 0; }
  section { border: 0; border-radius: 0; padding: 0; margin: 0; break-before: page; }
  section:first-of-type { break-before: auto; }
  h1 { font-size: 20pt; }
  h2 { font-size: 15pt; }
  h3 { font-size: 11.5pt; break-after: avoid; break-inside: avoid; }
  /* Not every browser keeps a heading with what follows: this asks for room below it, and takes none. */
  h3::after { content: ""; display: block; block-size: 16mm; margin-block-end: -16mm; }
  /* Rows of a grid are not broken well by any browser: on paper they are blocks. */
  dl, .row { display: block; }
  .row { border-block-start: 1px solid var(--line); }
  dl > .row:first-child { border-block-start: 0; }
  dl + dl > .row:first-child { border-block-start: 1px solid var(--line); }
  .row::after { content: ""; display: block; clear: both; }
  dl > .row > :is(dt, dd) { border: 0; }
  dt { float: inline-start; inline-size: 11rem; }
  dd { margin-inline-start: 11rem; }
  .row, tr, figure, li, .files { break-inside: avoid; }
  .row:has(.words) { break-inside: auto; }
  p { orphans: 3; widows: 3; }
  /* Room on each sheet for the foot, which is fixed at its end. */
  main { padding-block-end: 9mm; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
  .foot { display: block; position: fixed; inset-block-end: 0; inset-inline: 0; text-align: end;
    font-size: 8pt; color: var(--soft); }
  .foot .code { font-size: 8pt; }
  figure.pieces { break-inside: auto; }
  p, li, dd, dt { line-height: 1.4; }
  html:lang(ar) :is(p, li, dd, dt) { line-height: 1.6; }
  h3 { margin-block-start: 1.25rem; }
  dt, dd { padding-block: 0.2rem; }
  img { max-height: 150mm; width: auto; }
  figure > svg { break-inside: avoid; }
  .code { font-size: 9pt; }
  td .code { font-size: 7.5pt; }
  .notice { border: 1px solid #6b4200; background: none; }
}
`
