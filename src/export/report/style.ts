/** The look of the report on a light and a dark screen, and on A4. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ink: #1f2328; --muted: #59636e; --page: #ffffff; --panel: #f6f8fa; --rule: #d1d9e0;
  --discriminator: #0072b2; --generator: #b45309; --other: #7b3fa0; --score: #1a7f37;
  --warning: #9a6700; --error: #cf222e; --info: #0969da; --good: #1a7f37;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6edf3; --muted: #9198a1; --page: #0d1117; --panel: #161b22; --rule: #30363d;
    --discriminator: #58a6ff; --generator: #f0a83c; --other: #c297f0; --score: #56d364;
    --warning: #e3b341; --error: #ff7b72; --info: #79c0ff; --good: #56d364;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 62rem; padding: 2rem 1.5rem 4rem;
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  color: var(--ink); background: var(--page);
}
h1 { font-size: 1.8rem; line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 2.2rem 0 .8rem; padding-bottom: .3rem; border-bottom: 1px solid var(--rule); }
h3 { font-size: 1rem; margin: 0; }
p { margin: .4rem 0; }
.subtitle, .note, .caption, dt { color: var(--muted); }
.note, .caption { font-size: .85rem; }
.result { font-size: 1.05rem; margin-top: 1rem; }
dl.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: .8rem 1.5rem; margin: 1.2rem 0 0; }
dl.facts dt { font-size: .8rem; }
dl.facts dd { margin: 0; overflow-wrap: anywhere; }
figure { margin: 0; break-inside: avoid; }
figure.samples img { display: block; max-width: 100%; max-height: 40rem; height: auto; margin: 0 auto; image-rendering: pixelated; border-radius: 4px; }
.author { font-size: 1.05rem; }
.lesson .goals, .choices { list-style: none; padding: 0; margin: .6rem 0; }
.goals li { display: flex; gap: .7rem; margin: .5rem 0; break-inside: avoid; } .goals .note { margin: 0; }
.mark { font-weight: 700; color: var(--muted); } .met .mark { color: var(--good); } .unmet .mark { color: var(--error); }
.question { margin: 1.1rem 0; break-inside: avoid; } .asked { font-weight: 600; }
.answer { white-space: pre-wrap; overflow-wrap: anywhere; border-left: 3px solid var(--rule); padding-left: .9rem; }
.choices li { padding: .15rem 0 .15rem 1.6rem; position: relative; color: var(--muted); }
.choices li::before { content: "○"; position: absolute; left: .2rem; }
.choices .chosen { color: var(--ink); } .choices .chosen::before { content: "●"; }
.lesson + .run, .run + .run { margin-top: 4rem; padding-top: 2rem; border-top: 2px solid var(--rule); }
.stages { display: grid; grid-template-columns: repeat(5, 1fr); gap: .8rem; margin-top: 1rem; }
.stages img { width: 100%; display: block; border-radius: 4px; }
figcaption { margin-top: .3rem; }
figure.samples figcaption { text-align: center; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(24rem, 1fr)); gap: 1.2rem; }
.chart { background: var(--panel); border: 1px solid var(--rule); border-radius: 6px; padding: .8rem 1rem; }
.chart figcaption { display: flex; justify-content: space-between; align-items: baseline; flex-wrap: wrap; gap: .5rem; margin: 0 0 .3rem; }
.legend { display: flex; gap: 1rem; font-size: .85rem; }
.key::before { content: ""; display: inline-block; width: 1.1em; height: 3px; margin-right: .4em; vertical-align: middle; background: var(--line); print-color-adjust: exact; }
svg { display: block; width: 100%; height: auto; }
svg text { font-size: 11px; fill: var(--muted); }
.grid { stroke: var(--rule); } .axis { stroke: var(--muted); }
.line { fill: none; stroke: var(--line); stroke-width: 1.6; stroke-linejoin: round; }
.raw { fill: none; stroke: var(--line); stroke-width: .8; opacity: .35; }
.band { fill: var(--line); opacity: .15; } .mark { fill: var(--line); }
.discriminator { --line: var(--discriminator); } .generator { --line: var(--generator); }
.other { --line: var(--other); } .score { --line: var(--score); }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--rule); vertical-align: top; overflow-wrap: anywhere; }
th { color: var(--muted); font-weight: 600; white-space: nowrap; } td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.scores td:not(:last-child) { white-space: nowrap; }
tr.best td { font-weight: 600; }
code, .settings td { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .85em; }
.settings { columns: 2; column-gap: 2rem; font-size: .82rem; }
.settings div { display: flex; gap: .8rem; justify-content: space-between; align-items: baseline; border-bottom: 1px solid var(--rule); padding: .18rem 0; break-inside: avoid; }
.settings span { color: var(--muted); overflow-wrap: anywhere; } .settings code { text-align: right; overflow-wrap: anywhere; }
.finding { border-left: 3px solid var(--tone); padding: .1rem 0 .1rem .9rem; margin: .9rem 0; break-inside: avoid; }
.finding .when { color: var(--muted); font-size: .85rem; margin-left: .5rem; }
.info { --tone: var(--info); } .warning { --tone: var(--warning); } .error { --tone: var(--error); } .recovered { --tone: var(--good); }
footer { margin-top: 3rem; color: var(--muted); font-size: .8rem; border-top: 1px solid var(--rule); padding-top: .8rem; }
@page { size: A4; margin: 16mm 15mm; }
@media print {
  :root { --ink: #000; --muted: #444; --page: #fff; --panel: #fff; --rule: #bbb;
    --discriminator: #0072b2; --generator: #b45309; --other: #7b3fa0; --score: #1a7f37;
    --warning: #9a6700; --error: #cf222e; --info: #0969da; --good: #1a7f37; color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  h2 { break-after: avoid; } .charts { grid-template-columns: 1fr 1fr; gap: 4mm; }
  .chart { padding: 2mm 3mm; } .chart .note, .legend { font-size: 8pt; line-height: 1.35; }
  tr { break-inside: avoid; } h3 { break-after: avoid; }
  .stages, .whole { break-inside: avoid; } .stages { gap: 3mm; }
  h1 { font-size: 18pt; } h2 { font-size: 13pt; margin: 6mm 0 2.5mm; } dl.facts { gap: 2mm 5mm; margin-top: 4mm; }
  figure.samples img { max-height: 88mm; } .settings { font-size: 7.5pt; } .settings div { padding: .2mm 0; } table { font-size: 8.5pt; }
  .lesson + .run, .run + .run { break-before: page; margin-top: 0; padding-top: 0; border-top: 0; }
}
@media (max-width: 40rem) { .stages { grid-template-columns: 1fr 1fr; } .settings { columns: 1; } .charts { grid-template-columns: 1fr; } }
`;
