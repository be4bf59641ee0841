/**
 * Builds the frame of every page: one file without scripts or network requests, for screen and
 * print.
 */
import { createHash } from 'node:crypto';
import { Markup, markup, type Part } from './markup.ts';

/** The content of a page. */
export interface PageContent {
  readonly lang: string;
  readonly title: string;
  /** A line below the title. */
  readonly subtitle: string;
  readonly body: Part;
  /** A line at the end of the page. */
  readonly footer: string;
}

/** @returns the complete HTML document */
export function page({ lang, title, subtitle, body, footer }: PageContent): string {
  const policy = `default-src 'none'; style-src 'sha256-${hashOf(STYLE)}'; base-uri 'none'; form-action 'none'`;
  return markup`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${Markup.trusted(STYLE)}</style>
</head>
<body>
<header><h1>${title}</h1><p>${subtitle}</p></header>
<main>
${body}
</main>
<footer><p>${footer}</p></footer>
</body>
</html>
`.toString();
}

/**
 * Creates a table.
 *
 * @param columns the names of the columns
 * @param isNumeric whether all columns but the first are numbers
 */
export function table(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly Part[])[],
  isNumeric = true,
): Markup {
  const numeric = isNumeric ? markup` class="numbers"` : undefined;
  return markup`<div class="scroll" tabindex="0" role="group" aria-label="${caption}"><table${numeric}><caption>${caption}</caption>
<thead><tr>${columns.map((name) => markup`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([first, ...others]) =>
      markup`<tr><th scope="row">${first}</th>${others.map((cell) => markup`<td>${cell}</td>`)}</tr>
`,
  )}</tbody></table></div>`;
}

/**
 * Creates a heading.
 *
 * @param level 2 or 3, because the title of the page has level 1
 */
export function heading(level: 2 | 3, text: string): Markup {
  return level === 2 ? markup`<h2>${text}</h2>` : markup`<h3>${text}</h3>`;
}

/** Combines a chart and a table of its numbers, for readers who cannot see the chart. */
export function figure(caption: string, chart: Markup, numbers: Markup, summary: string): Markup {
  return markup`<figure><div class="scroll" tabindex="0" role="group" aria-label="${caption}">${chart}</div>
<details><summary>${summary}</summary>${numbers}</details></figure>`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64');
}

const STYLE = `
:root{--paper:#fff;--ink:#1b1f24;--quiet:#57606a;--line:#d0d7de;--card:#f6f8fa;--bar:#1f6feb;--good:#1a7f37;--warn:#9a6700;--bad:#cf222e;
--heat0:#eef1f4;--heat1:#c6dbf7;--heat2:#96bdf0;--heat3:#5f98e6;--heat4:#2f72d4;--heat5:#0b4aa2}
@media (prefers-color-scheme:dark){:root{--paper:#0d1117;--ink:#e6edf3;--quiet:#9ba5b1;--line:#30363d;--card:#161b22;--bar:#58a6ff;--good:#3fb950;--warn:#d29922;--bad:#ff7b72;
--heat0:#1b222b;--heat1:#12335c;--heat2:#164b87;--heat3:#1f6bbf;--heat4:#4594ea;--heat5:#9cc9ff}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:1rem;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif}
h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0;overflow-wrap:anywhere}
h2{font-size:1.2rem;margin:2rem 0 .5rem}
h2,h3{overflow-wrap:anywhere}
h3,.verdict h2,.finding h2{font-size:1rem;margin:1rem 0 .25rem}
.verdict h2,.finding h2,.verdict h3,.finding h3{margin-top:0}
p{margin:.25rem 0 .75rem;overflow-wrap:anywhere}
header p,footer,.quiet{color:var(--quiet)}
footer{margin-top:2rem;border-top:1px solid var(--line);padding-top:.5rem;font-size:.85rem}
.verdict{border-left:.3rem solid var(--good);background:var(--card);padding:.75rem 1rem;margin:1rem 0}
.verdict.warn{border-color:var(--warn)}
.verdict.bad{border-color:var(--bad)}
.verdict p:last-child{margin-bottom:0}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.75rem;margin:1rem 0;padding:0;list-style:none}
.tiles li{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.6rem .8rem}
.tiles strong{display:block;font-size:1.35rem;line-height:1.2;overflow-wrap:anywhere}
.tiles span{color:var(--quiet);font-size:.85rem}
figure{margin:1rem 0}
.scroll{overflow-x:auto}
.scroll:focus-visible{outline:2px solid var(--bar);outline-offset:2px}
svg{display:block;width:100%;min-width:34rem;height:auto}
svg text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif;fill:var(--quiet)}
summary{cursor:pointer;color:var(--quiet);padding:.35rem 0}
table{border-collapse:collapse;width:100%;font-size:.92rem}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
td{overflow-wrap:anywhere}
th{font-weight:600}
thead th::first-letter{text-transform:uppercase}
.numbers td,.numbers thead th+th{text-align:right}
.numbers td{font-variant-numeric:tabular-nums;white-space:nowrap}
section.finding{border:1px solid var(--line);border-radius:.5rem;padding:.9rem 1rem;margin:1rem 0;break-inside:avoid}
.finding .count{float:right;font-weight:600;margin-left:1rem}
.error .count{color:var(--bad)}
.warning .count{color:var(--warn)}
.fix{border-left:.2rem solid var(--bar);padding-left:.7rem}
code{font:.9em ui-monospace,SFMono-Regular,Consolas,monospace;overflow-wrap:anywhere}
@media print{body{max-width:none;padding:0;font-size:11pt}.scroll{overflow:visible}svg{min-width:0}details{display:none}h2{break-after:avoid}figure,.tiles li,.verdict{break-inside:avoid}}
`;
