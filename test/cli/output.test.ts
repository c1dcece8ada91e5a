/** The answer goes to stdout alone; progress and logs share stderr without mixing up. */
import { Writable } from 'node:stream';
import { expect, test } from '@jest/globals';
import { createOutput } from '../../src/cli/output.js';
import { startProgress } from '../../src/cli/progress.js';

function terminal(columns: number | undefined, isTTY: boolean) {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk.toString());
      done();
    },
  });
  return { chunks, stream: Object.assign(stream, { isTTY, ...(columns === undefined ? {} : { columns }) }) };
}

test('without a terminal nothing is drawn, and each news is one line', () => {
  const [stdout, stderr] = [terminal(80, false), terminal(80, false)];
  const progress = startProgress(createOutput(false, { stdout: stdout.stream, stderr: stderr.stream }));
  progress.update({ lines: ['a'], news: 'year 1' });
  progress.update({ lines: ['b'], news: 'year 1' });
  progress.update({ lines: ['c'], news: 'year 2' });
  progress.end();
  expect(stderr.chunks.join('')).toBe('year 1\nyear 2\n');
  expect(stdout.chunks).toEqual([]);
});

test('under --json a pipe sees no progress and exactly one document', () => {
  const [stdout, stderr] = [terminal(80, false), terminal(80, false)];
  const output = createOutput(true, { stdout: stdout.stream, stderr: stderr.stream });
  const progress = startProgress(output);
  progress.update({ lines: ['a'], news: 'year 1' });
  progress.end();
  output.note('look there');
  output.show({ a: 1 }, () => 'text');
  expect(stderr.chunks).toEqual([]);
  expect(stdout.chunks).toEqual(['{"a":1}\n']);
});

test('a terminal draws over the lines before, and a log line makes room for them', () => {
  const stderr = terminal(10, true);
  const output = createOutput(false, { stdout: terminal(80, false).stream, stderr: stderr.stream });
  output.draw(['one', 'a line that is too long']);
  output.log('logged');
  output.draw([]);
  expect(stderr.chunks).toEqual([
    'one\na line th\n',
    '\u001B[2A\r\u001B[0Jlogged\none\na line th\n',
    '\u001B[2A\r\u001B[0J',
  ]);
});

test.each([[0], [undefined]])('a terminal of %s columns counts as 80 wide', (columns) => {
  const stderr = terminal(columns, true);
  createOutput(false, { stdout: terminal(80, false).stream, stderr: stderr.stream }).draw(['x'.repeat(100)]);
  expect(stderr.chunks).toEqual([`${'x'.repeat(79)}\n`]);
});
