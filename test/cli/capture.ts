/** Runs the command line inside the test's process and keeps what it writes. */
import { Writable } from 'node:stream';
import { main } from '../../src/cli/main.js';

export interface Captured {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function runInProcess(argv: readonly string[], cwd: string): Promise<Captured> {
  const written = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof written): Writable =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        written[name] += chunk.toString();
        done();
      },
    });
  const exitCode = await main(argv, { stdout: stream('stdout'), stderr: stream('stderr') }, cwd);
  return { exitCode, ...written };
}
