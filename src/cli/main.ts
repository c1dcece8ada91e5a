/** The command line's entry: parses, runs one command and turns every outcome into an exit code. */
import { CommanderError } from 'commander';
import { createContext } from './context.js';
import { reportFailure, type FailureReport } from './failure-report.js';
import { keepToOwner } from '../shared/files/owner-only.js';
import { createOutput, type Streams } from './output.js';
import { buildProgram, type ProgramOptions } from './program.js';

/**
 * @param argv the words after the program's name.
 * @returns 0 done; 1 unexpected; 2 bad input; 3 not converged; 4 infeasible; 5 cancelled; 6 environment.
 */
export async function main(
  argv: readonly string[],
  streams: Streams = process,
  cwd = process.cwd(),
): Promise<number> {
  keepToOwner();
  let exitCode = 0;
  let command = 'meritloop';
  const json = argv.includes('--json');
  const options: ProgramOptions = {
    streams,
    quietErrors: json,
    onFailure: (path) => {
      command = path;
    },
    run: async (path, load, globals, input) => {
      command = path;
      const context = createContext(globals, streams, cwd, path);
      const handler = await load();
      exitCode = await handler(context, input);
    },
  };
  try {
    const program = await buildProgram(argv, options);
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const report = reportFailure(error, command);
    show(report, json, argv.includes('debug'), streams);
    return report.exitCode;
  }
  return exitCode;
}

function show({ error, stack }: FailureReport, json: boolean, debug: boolean, streams: Streams): void {
  const output = createOutput(json, streams);
  if (json) output.show({ error }, () => '');
  else {
    output.log(`${output.errorStyle.bad(error.code)} ${error.message}`);
    if (error.hint !== '') output.log(`  ${output.errorStyle.dim('next:')} ${error.hint}`);
  }
  if (debug && stack !== undefined) output.log(stack);
}
