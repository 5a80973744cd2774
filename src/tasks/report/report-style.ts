import { Markup } from './html-text.ts';

/** Light and dark as the reader's system says; on paper always light, with whole rows on each page. */
export const PAGE_STYLE = new Markup(`
:root { --ink: #1b1f24; --paper: #ffffff; --soft: #57606a; --line: #d0d7de; --good: #116329; --good-paper: #dafbe1;
  --care: #7d4e00; --care-paper: #fff8c5; --bad: #a40e26; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --paper: #0d1117; --soft: #9aa4af; --line: #30363d; --good: #7ee787; --good-paper: #12261e;
    --care: #f0c75e; --care-paper: #272115; --bad: #ff8182; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 1.5rem; }
.outcome { margin: 0 0 1rem; padding: 1rem 1.25rem; border-radius: 8px; background: var(--good-paper);
  color: var(--good); font-size: 1.4rem; font-weight: 600; overflow-wrap: anywhere; }
.still { font-size: 1.1rem; }
h2 { margin: 2rem 0 0.5rem; font-size: 1.15rem; }
li { margin: 0.35rem 0; overflow-wrap: anywhere; }
.todo { list-style: '☐  '; padding-left: 1.5rem; }
.warnings { margin-top: 2rem; padding: 0.25rem 1.25rem 0.75rem; border-radius: 8px; background: var(--care-paper);
  color: var(--care); }
.warnings h2 { margin-top: 0.75rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
th, td { padding: 0.35rem 0.75rem 0.35rem 0; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top; }
th { color: var(--soft); font-weight: 500; }
td { white-space: nowrap; }
td:has(.bar) { width: 30%; min-width: 10rem; }
.bar { display: block; height: 0.8rem; margin-top: 0.3rem; min-width: 2px; border-radius: 2px; background: var(--soft);
  print-color-adjust: exact; }
.number { text-align: right; padding-right: 1.5rem; }
.no { color: var(--bad); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1.5rem; margin: 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
@media print {
  :root { --ink: #000; --paper: #fff; --soft: #444; --line: #999; --good: #000; --good-paper: #fff; --care: #000;
    --care-paper: #fff; --bad: #000; }
  main { max-width: none; padding: 0; }
  .outcome, .warnings { border: 2px solid #000; }
  .wide { overflow: visible; }
  td { white-space: normal; overflow-wrap: anywhere; }
  body { font-size: 10pt; }
  tr, li { break-inside: avoid; }
  thead { display: table-header-group; }
  h2 { break-after: avoid; } }
`);
