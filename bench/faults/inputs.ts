/** Made-up inputs by the thousand, the same for the same seed: each is taken, or refused with a code of the table. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { validateCensus } from '../../src/census/import.js';
import { buildProgram } from '../../src/cli/program.js';
import { reportFailure } from '../../src/cli/failure-report.js';
import { formatLevers, parseLevers } from '../../src/levers/file.js';
import { PARAMETERS, PARAMETER_NAMES } from '../../src/levers/catalogue.terms.js';
import { optimizationRequest } from '../../src/runs/request.contract.js';
import { brokenRule } from '../../src/shared/contract/rule.contract.js';
import { failure } from '../../src/shared/errors/errors.js';
import { parseTargets } from '../../src/targets/targets-file.js';

/** By kind of input: how many were taken, and how many refused by each code. */
export type Counts = Map<string, Map<string, number>>;

type Random = (below: number) => number;

/** Mulberry32. */
function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** What people, spreadsheets and attackers write into a field. */
const ODD = [
  '',
  ' ',
  '0',
  '-1',
  '1e308',
  'NaN',
  '2,5',
  '9'.repeat(30),
  '=1+1',
  'constructor',
  '__proto__',
  '\u0000',
  '\u200b',
  '2024-02-30',
  '2024-13-01',
  '"',
  "'; drop",
  'é',
  '💶',
  'null',
  'true',
  '../..',
  'x'.repeat(5000),
];

const pick = <T>(random: Random, of: readonly T[]): T => of[random(of.length)] as T;

/** Half of the inputs stay as they are; in the others one or two fields, or a byte, are changed. */
function disturb(random: Random, rows: string[][]): string {
  if (random(2) === 0)
    for (let changes = 1 + random(2); changes > 0; changes -= 1) {
      const row = rows[random(rows.length)] ?? [];
      row[random(row.length)] = pick(random, ODD);
    }
  const text = rows.map((row) => row.join(',')).join(pick(random, ['\n', '\r\n']));
  if (random(12) !== 0) return text;
  const at = random(text.length);
  return pick(random, [text.slice(0, at), text.slice(0, at) + pick(random, ODD) + text.slice(at + 1)]);
}

const two = (value: number): string => String(value).padStart(2, '0');
const day = (random: Random, from: number, years: number): string =>
  `${from + random(years)}-${two(1 + random(12))}-${two(1 + random(28))}`;

const censusText = (random: Random): string =>
  disturb(random, [
    ['employee_id', 'birth_date', 'hire_date', 'termination_date', 'annual_salary', 'job_level'],
    ...Array.from({ length: 1 + random(20) }, (_, row) => [
      `E${row}`,
      day(random, 1962, 38),
      day(random, 2019, 5),
      '',
      String(30_000 + random(100_000)),
      String(1 + random(5)),
    ]),
  ]);

const leverText = (random: Random): string =>
  disturb(
    random,
    formatLevers(
      Array.from({ length: 1 + random(3) }, (_, index) => 2025 + index).flatMap((fiscal_year) =>
        PARAMETER_NAMES.flatMap((parameter_name) =>
          [1, 2, 3, 4, 5].map((job_level) => ({
            scenario_id: 'default',
            fiscal_year,
            job_level,
            event_type: PARAMETERS[parameter_name].eventType,
            parameter_name,
            parameter_value: parameter_name === 'new_hire_salary_adjustment' ? 1 : random(50) / 1000,
            is_locked: random(2) === 0,
            created_at: '2024-12-31T00:00:00Z',
            created_by: 'made up',
          })),
        ),
      ),
    )
      .trim()
      .split('\n')
      .map((line) => line.split(',')),
  );

const targetText = (random: Random): string =>
  disturb(random, [
    ['scenario_id', 'fiscal_year', 'metric_name', 'target_value', 'tolerance', 'tolerance_kind', 'priority'],
    ...Array.from({ length: 1 + random(4) }, (_, row) => [
      'default',
      String(2025 + row),
      pick(random, ['compensation_growth_rate', 'headcount', 'promotion_rate', 'total_compensation_cost']),
      String(random(60) / 10),
      '0.1',
      pick(random, ['absolute_pp', 'relative']),
      pick(random, ['high', 'medium', 'low']),
    ]),
  ]);

const requestOf = (random: Random): Record<string, unknown> => {
  const request: Record<string, unknown> = {
    target: random(1000) / 100 - 5,
    tolerance: 0.1,
    max_iterations: 1 + random(50),
    strategy: pick(random, ['conservative', 'balanced', 'aggressive']),
    years: `${2025 + random(2)}-${2027 + random(3)}`,
    seed: random(2 ** 31 - 1),
    requested_by: pick(random, ['payroll', 'ana', 'Łucja']),
    scenario: 'default',
  };
  if (random(2) === 0)
    request[pick(random, [...Object.keys(request), ...ODD])] = pick(random, [
      ...ODD,
      -1,
      1e308,
      null,
      [],
      {},
      true,
    ]);
  return request;
};

const FLAGS = [
  '--target',
  '--tolerance',
  '--max-iterations',
  '--seed',
  '--years',
  '--scenario',
  '--strategy',
  '--id',
];
const argumentsOf = (random: Random): string[] => {
  const words = pick(random, [
    ['optimize'],
    ['simulate'],
    ['results'],
    ['levers', 'show'],
    ['runs', 'list'],
    ['gc'],
    ['doctor'],
  ]);
  if (words[0] !== 'optimize') return random(2) === 0 ? words : [...words, pick(random, [...ODD, ...FLAGS])];
  const options = FLAGS.filter(() => random(2) === 0).flatMap((flag) => [flag, String(1 + random(9))]);
  return random(3) === 0 ? [...words, ...options, pick(random, ODD)] : [...words, ...options];
};

async function parseWords(words: readonly string[]): Promise<void> {
  const program = await buildProgram(words, {
    streams: process,
    quietErrors: true,
    onFailure: () => {},
    run: async () => {},
  });
  await program.parseAsync([...words], { from: 'user' });
}

function parseRequest(request: Record<string, unknown>): void {
  const parsed = optimizationRequest.safeParse(request);
  if (!parsed.success)
    throw failure('REQUEST_INVALID', {
      source: 'request',
      ...brokenRule(optimizationRequest, parsed.error, request),
    });
}

/** Each takes what it makes, or throws. */
const KINDS: Readonly<Record<string, (random: Random, folder: string) => unknown>> = {
  'census file': async (random, folder) => {
    const file = path.join(folder, 'census.csv');
    await writeFile(file, censusText(random));
    const { problems } = await validateCensus({ file, baselineDate: '2024-12-31', scratch: folder });
    return problems.length === 0;
  },
  'lever file': (random) => parseLevers(leverText(random), 'levers.csv'),
  'target file': (random) => parseTargets(targetText(random), 'targets.csv'),
  request: (random) => parseRequest(requestOf(random)),
  arguments: (random) => parseWords(argumentsOf(random)),
};

/** @returns the counts, and the inputs that ended in UNEXPECTED, by number and reason */
export async function tryInputs(
  seed: number,
  count: number,
): Promise<{ readonly counts: Counts; readonly unexpected: readonly string[] }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'meritloop-inputs-'));
  const counts: Counts = new Map();
  const unexpected: string[] = [];
  const kinds = Object.entries(KINDS);
  try {
    for (let number = 0; number < count; number += 1) {
      const [kind, take] = kinds[number % kinds.length] as (typeof kinds)[number];
      let outcome = 'taken';
      try {
        if ((await take(randomOf(seed * 1_000_003 + number), folder)) === false) outcome = 'rows refused';
      } catch (error) {
        const { error: report } = reportFailure(error, kind);
        outcome = report.code;
        if (report.code === 'UNEXPECTED') unexpected.push(`${kind} ${number}: ${report.message}`);
      }
      const known = counts.get(kind) ?? new Map<string, number>();
      counts.set(kind, known.set(outcome, (known.get(outcome) ?? 0) + 1));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return { counts, unexpected };
}
