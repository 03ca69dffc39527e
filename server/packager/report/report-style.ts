/** How the report looks: light and dark after the reader's wish, wide and narrow, on screen and on paper. */
export const REPORT_STYLE = `
:root {
  color-scheme: light dark;
  --bg: light-dark(#f7f8fa, #14171c);
  --surface: light-dark(#ffffff, #1b1f26);
  --hairline: light-dark(#dfe3e8, #333a44);
  --text: light-dark(#171b21, #edf0f4);
  --muted: light-dark(#56606d, #a3adba);
  --good: light-dark(#0a6b3d, #58d69a);
  --bad: light-dark(#b3261e, #ff8a80);
  --c0: light-dark(#0b62a8, #6cb6ff);
  --c1: light-dark(#b8400a, #ffa366);
  --c2: light-dark(#047250, #4ade9c);
  --c3: light-dark(#8030b0, #d3a4ff);
  --c4: light-dark(#8a5a00, #f0c440);
  --c5: light-dark(#0b6b80, #5fd7e8);
  --c6: light-dark(#b01560, #ff8fc0);
  --c7: light-dark(#4b5563, #b3bcc8);
  --key: var(--c1);
  --forward: var(--c0);
  --both: light-dark(#5aa7a0, #3f8f88);
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 32px 24px 64px; max-width: 1060px;
  background: var(--bg); color: var(--text); font: 16px/1.5 system-ui, sans-serif;
}
h1 { margin: 0; font-size: 1.75rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 0 0 4px; font-size: 1.2rem; }
p { margin: 0 0 12px; max-width: 70ch; }
.lead { margin: 8px 0 24px; color: var(--muted); }
section { margin: 0 0 16px; padding: 20px 24px 24px; background: var(--surface); border: 1px solid var(--hairline); border-radius: 12px; }
section > p { color: var(--muted); }
section > p.good { color: var(--good); }
section > p.bad, section > p.fault { color: var(--bad); }
section > :last-child { margin-bottom: 0; }
.scroll + p { margin-top: 12px; }
.chart svg { display: block; width: 100%; height: auto; }
.chart .narrow { display: none; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
th, td { padding: 5px 16px 5px 0; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--hairline); }
thead th { color: var(--muted); font-weight: 500; }
th[scope='row'] { font-weight: 600; }
th:first-child, td:first-child, .words { text-align: left; }
tbody tr:last-child > * { border-bottom: 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 24px; margin: 8px 0 0; font-size: 0.95rem; }
dt { color: var(--muted); }
dd { margin: 0; overflow-wrap: anywhere; }
text { fill: var(--muted); font: 12px system-ui, sans-serif; font-variant-numeric: tabular-nums; }
.name { fill: var(--line); font-weight: 600; }
.grid { stroke: var(--hairline); }
.base { stroke: var(--muted); }
.line { fill: none; stroke: var(--line); stroke-width: 1.8; stroke-linejoin: round; }
.dashed { stroke-dasharray: 5 4; }
.probe { fill: var(--line); opacity: 0.45; }
.hull { fill: none; stroke: var(--line); stroke-width: 1.8; }
.chosen { fill: var(--surface); stroke: var(--line); stroke-width: 2.5; }
.measured { fill: var(--text); stroke: var(--surface); stroke-width: 1.5; }
.kI, .kkey { fill: var(--key); background: var(--key); }
.kP, .kinter { fill: var(--forward); background: var(--forward); }
.kB { fill: var(--both); background: var(--both); }
.swatch { display: inline-block; width: 12px; height: 12px; margin-right: 8px; border-radius: 3px; vertical-align: -1px; }
.bars { margin: 12px 0 4px; }
.bars div { margin: 0 0 8px; padding: 6px 10px; min-width: max-content; border-radius: 6px; font-size: 0.9rem; color: light-dark(#ffffff, #14171c); }
.spared { background: var(--c2); }
.costly { background: var(--c1); }
.good { color: var(--good); font-weight: 600; }
.bad, .fault { color: var(--bad); font-weight: 600; }
.legend { display: none; flex-wrap: wrap; gap: 2px 16px; margin: 4px 0 0; padding: 0; list-style: none; font-size: 0.9rem; }
.legend.always { display: flex; }
.legend .swatch { background: var(--line); }
.scroll:focus-visible { outline: 2px solid var(--c0); outline-offset: 4px; }
@media (max-width: 640px) {
  body { padding: 20px 12px 48px; }
  section { padding: 16px 14px 18px; }
  .chart .wide { display: none; }
  .chart .narrow { display: block; }
  .legend { display: flex; }
  th, td { padding-right: 12px; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: 8px; }
}
@media print { body { max-width: none; background: none; } section { break-inside: avoid; } }
`;
