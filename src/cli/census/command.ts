/** `census generate` makes a sample company; `census validate` checks a file and stores nothing. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checksOf } from '../../census/checks-of.js';
import type { CensusValidation } from '../../census/census.contract.js';
import type { Handler } from '../context.js';
import { listenForInterrupt } from '../interrupt.js';
import { refusedOption, requiredText, wholeNumber } from '../option-values.js';
import { readAnswers } from './intake-options.js';
import { renderValidation } from './render.js';
import { count } from '../render/number.js';

const BAD_INPUT = 2;

export const generate: Handler = async ({ config, output, cwd }, { options }) => {
  const employees = wholeNumber('--employees', options['employees'], 1, 2_000_000);
  const seed = wholeNumber('--seed', options['seed'], 0, 2_147_483_647);
  const name = requiredText('--out', options['out']);
  if (!/\.(csv|parquet)$/i.test(name)) throw refusedOption('--out', name, 'must end in .csv or .parquet');
  const out = path.resolve(cwd, name);
  const [{ generateCensus }, { censusDate }] = await Promise.all([
    import('../../census/generate.js'),
    import('./baseline-date.js'),
  ]);
  const interrupt = listenForInterrupt(() => output.log('ending'));
  try {
    const date = await censusDate(config);
    const made = await generateCensus({ employees, seed, out, baselineDate: date, signal: interrupt.signal });
    const document = { out, seed, baseline_date: date, ...made };
    output.show(document, () =>
      [
        `${count(made.employees)} people, ${count(made.active)} of them active on ${date}`,
        `File:   ${out}`,
        `sha256: ${made.sha256}`,
      ].join('\n'),
    );
  } finally {
    interrupt.release();
  }
  return 0;
};

export const validate: Handler = async ({ config, output, cwd }, input) => {
  const file = path.resolve(cwd, requiredText('<file>', input.args[0]));
  const [{ validateCensus }, { censusDate }] = await Promise.all([
    import('../../census/import.js'),
    import('./baseline-date.js'),
  ]);
  const interrupt = listenForInterrupt(() => output.log('ending'));
  const scratch = await mkdtemp(path.join(tmpdir(), 'meritloop-census-'));
  try {
    const date = await censusDate(config);
    const found: CensusValidation = await validateCensus({
      file,
      baselineDate: date,
      ...(await checksOf(config)),
      answers: await readAnswers(input, cwd),
      scratch,
      signal: interrupt.signal,
    });
    const valid = found.problems.length === 0 && found.questions.length === 0;
    output.show({ file, baseline_date: date, valid, ...found }, (style) =>
      renderValidation(found, date, style),
    );
    return valid ? 0 : BAD_INPUT;
  } finally {
    interrupt.release();
    await rm(scratch, { recursive: true, force: true });
  }
};
