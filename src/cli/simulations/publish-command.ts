/** `publish`: copies a finished simulation into a DuckDB database for people's own tools. */
import path from 'node:path';
import { failure } from '../../shared/errors/errors.js';
import type { Handler } from '../context.js';
import { listenForInterrupt } from '../interrupt.js';
import { requiredText, wholeNumber } from '../option-values.js';
import { count, duration } from '../render/number.js';
import { findSimulation } from './stored-simulation.js';

const LONGEST_WAIT = 86_400;

export const publish: Handler = async ({ config, output, cwd }, { args, options }) => {
  const { publishSimulation, publishedFile } = await import('../../simulation/export/publish.js');
  const waitMs = wholeNumber('--wait', options['wait'], 0, LONGEST_WAIT) * 1000;
  const out = options['out'];
  const file = out === undefined ? publishedFile(config) : path.resolve(cwd, requiredText('--out', out));
  const simulation = await findSimulation(config, args[0]);
  const interrupt = listenForInterrupt(() => output.log('ending; the published database stays as it was'));
  try {
    const published = await publishSimulation(config, simulation, file, {
      waitMs,
      signal: interrupt.signal,
      onWait: ({ message }) => output.log(`${message}: waiting up to ${waitMs / 1000} s`),
    });
    output.show(published, (style) =>
      [
        style.bold(`Published simulation ${published.simulation_id}`),
        ...published.tables.map(({ name, rows }) => `  ${name}: ${count(rows)} rows`),
        `File: ${published.file} (${duration(published.seconds)})`,
      ].join('\n'),
    );
    return 0;
  } catch (error) {
    if (interrupt.signal.aborted) throw failure('CANCELLED', { what: 'publishing' }, error);
    throw error;
  } finally {
    interrupt.release();
  }
};
