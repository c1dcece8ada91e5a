/** Names in Markdown, SVG and Mermaid are shown as they are, whatever they hold. */
import { execFileSync } from 'node:child_process';
import { drawMermaid, drawSvg } from '../../../src/assets/graph/draw.js';
import { createGraph } from '../../../src/assets/graph/graph.js';
import { defineAsset } from '../../../src/assets/graph/asset.js';
import { renderReport } from '../../../src/runs/render-report.js';
import type { RunReport } from '../../../src/runs/report.contract.js';
import { markdownText, mermaidText, xmlText } from '../../../src/shared/contract/escaped.terms.js';

const NAMES = [
  'ann | bob | carl',
  'ann\n\n# Approved by the board',
  '<img src=x onerror=alert(1)>',
  '![x](http://example.org/x.png)',
  '[levers](javascript:alert(1))',
  'https://example.org',
  'www.example.org',
  '@everybody',
  '**bold** _slanted_ ~~gone~~ `code`',
  '- a list',
  '1. a list',
  '&lt;b&gt; &amp;',
  '"]; click n0 "javascript:alert(1)"',
  '#quot; <br/> &quot;',
  'nul \u0000 bell \u0007',
  "O'Brien-Söderström, 王",
  '\\',
];
/** Without control characters, which no format shows. */
const shown = (name: string): string => name.replaceAll(/[\p{Cc}]+/gu, ' ');

test.each(NAMES)('Markdown: %j', (name) => {
  const text = markdownText(name);
  expect(text.replaceAll(/\\([\p{P}\p{S}])/gu, '$1')).toBe(shown(name));
  // What is left without the escaped signs has no meaning in Markdown.
  const rest = text.replaceAll(/\\[\p{P}\p{S}]/gu, '');
  expect(rest).not.toMatch(/[\\`*[\]<>#|~&!@\n\r]|:\/\/|www\.|^[-+=]|^\d+[.)]/u);
});

test.each(NAMES)('a report of a run that %j asked for keeps its lines and cells', (name) => {
  const lines = (requested_by: string): string[] => renderReport({ ...REPORT, requested_by }).split('\n');
  const [wanted, found] = [lines('ann'), lines(name)];
  expect(found.filter((line) => !line.startsWith('| requested by'))).toEqual(
    wanted.filter((line) => !line.startsWith('| requested by')),
  );
  const row = found.find((line) => line.startsWith('| requested by')) ?? '';
  expect(row.replaceAll(String.raw`\|`, '').split('|')).toHaveLength(4);
});

const drawn = (name: string) => {
  const graph = createGraph([defineAsset({ key: 'plain', group: name })]);
  const renamed = { ...graph, assets: new Map([[name, { ...graph.assets.get('plain'), key: name }]]) };
  return { graph: renamed as typeof graph, keys: [name], statusOf: () => ['healthy'] as const };
};

test.each(NAMES)('SVG: %j is read by a parser of XML as the text of its elements', (name) => {
  const script =
    'import sys,json,xml.etree.ElementTree as t;r=t.fromstring(sys.stdin.buffer.read());' +
    'print(json.dumps([[e.tag.split("}")[1],e.text] for e in r.iter() if e.text and e.text.strip()]))';
  const found = execFileSync('python3', ['-c', script], { input: drawSvg(drawn(name)), encoding: 'utf8' });
  expect(JSON.parse(found)).toEqual([
    ['title', `${shown(name)}: healthy`],
    ['text', shown(name)],
    ['text', `${shown(name)} · healthy`],
  ]);
});

test.each(NAMES)('Mermaid: %j stays inside its label', (name) => {
  const lines = drawMermaid(drawn(name)).split('\n');
  expect(lines).toHaveLength(5);
  const labels = lines.flatMap((line) => /\["(.*)"\]$/.exec(line)?.[1] ?? []);
  expect(labels).toHaveLength(2);
  for (const label of labels) {
    const text = label.replace(/<br\/>healthy$/, '');
    expect(text).not.toMatch(/["<>&`\n]/);
    expect(text.replaceAll(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))).toBe(
      shown(name),
    );
  }
});

test('plain names stay readable', () => {
  for (const name of ['ann', 'ann.lee-1', 'high_growth_2025', '2 % ± 0.1'])
    expect([markdownText(name), xmlText(name)]).toEqual([name, name]);
  expect(mermaidText('fct_compensation_growth (2025)')).toBe('fct_compensation_growth (2025)');
});

const REPORT = {
  run_id: 'run_1',
  status: 'converged',
  scenario: 'default',
  target_growth: 2,
  tolerance: 0.1,
  initial_growth: 1,
  initial_gap: 1,
  final_growth: 2,
  final_gap: 0,
  gap_reduction: 1,
  attainable_growth: [0, 4],
  iterations_used: 1,
  simulations_run: 1,
  simulations_reused: 0,
  lever_set: 'abc',
  applied: 'never',
  simulation_id: 'abc',
  targets: null,
  recommendations: [],
  iterations: [],
  decomposition: null,
  levers: [],
  binding: [],
  locked_rows_skipped: 0,
  seconds_by_stage: {},
} as unknown as RunReport;
