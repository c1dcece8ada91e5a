/** The tree of commands with their options; a noun's options, and what each command does, are loaded only when asked for. */
import { Command } from 'commander';
import { addIntakeOptions } from './census/intake-options.js';
import { LOG_LEVELS } from '../config.js';
import { optimizationRequest, simulationRequest } from '../runs/request.contract.js';
import type { CommandInput, GlobalOptions, Handler, Perform } from './context.js';
import type { Streams } from './output.js';
import { addRequestOptions } from './request-options.js';
import { version } from './version.js';

export interface ProgramOptions {
  readonly streams: Streams;
  /** True under --json: the caller prints the failure as a document. */
  readonly quietErrors: boolean;
  /** Told the command that refused its words, such as `meritloop runs show`. */
  readonly onFailure: (command: string) => void;
  readonly run: (
    command: string,
    load: () => Promise<Handler>,
    globals: GlobalOptions,
    input: CommandInput,
  ) => Promise<void>;
}

/** Where help goes to no terminal, or to one that does not tell its width. */
const HELP_COLUMNS = 80;

type Add = (program: Command, perform: Perform) => void;

/** The commands in the order of the help: the first words of each group, and what adds it. */
const GROUPS: readonly { readonly words: readonly string[]; readonly load: () => Add | Promise<Add> }[] = [
  { words: ['company'], load: async () => (await import('./companies/options.js')).addCompanies },
  { words: ['optimize', 'simulate', 'results', 'publish'], load: () => addTuning },
  { words: ['impact'], load: async () => (await import('./impact/options.js')).addImpact },
  { words: ['grid'], load: async () => (await import('./grids/options.js')).addGrid },
  { words: ['runs'], load: () => addRuns },
  { words: ['schedule'], load: async () => (await import('./schedules/options.js')).addSchedules },
  { words: ['assets'], load: async () => (await import('./assets/options.js')).addAssets },
  { words: ['levers'], load: async () => (await import('./levers/options.js')).addLevers },
  { words: ['census'], load: () => addCensus },
  {
    words: ['scenario', 'audit'],
    load: async () => (await import('./levers/governance-options.js')).addGovernance,
  },
  { words: ['worker', 'server', 'gc', 'ui', 'doctor', 'bench'], load: () => addProcesses },
];

/**
 * The program with the commands that begin with the first word of `argv`; with every command where that is none, so that
 * help lists them all and a wrong word is told the nearest right one.
 */
export async function buildProgram(
  argv: readonly string[],
  { streams, quietErrors, onFailure, run }: ProgramOptions,
): Promise<Command> {
  const program = new Command('meritloop')
    .description('Tunes compensation levers until the simulated pay growth meets the target.')
    .version(version())
    .option('--home <folder>', 'where all state lives (default: MERITLOOP_HOME or .meritloop)')
    .option('--company <name>', 'whose plan it is (default: MERITLOOP_COMPANY or the one in use)')
    .option('--json', 'one JSON document on stdout, logs on stderr')
    .option('--log-level <level>', `${LOG_LEVELS.join(', ')} (default: warn)`)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      writeErr: (text) => (quietErrors ? true : streams.stderr.write(text)),
      getOutHelpWidth: () => streams.stdout.columns || HELP_COLUMNS,
      getErrHelpWidth: () => streams.stderr.columns || HELP_COLUMNS,
      // The one who catches the failure prints it, once and in one form.
      outputError: () => undefined,
    });
  const perform = (command: Command, load: () => Promise<Handler>): Command =>
    command.action(async () => {
      await run(pathOf(command), load, program.opts<GlobalOptions>(), {
        args: command.args,
        options: command.opts(),
      });
    });
  const refuse = (command: Command): Command =>
    command.exitOverride((error) => {
      onFailure(pathOf(command));
      throw error;
    });
  const [word = ''] = refuse(program).parseOptions([...argv]).operands;
  const named = GROUPS.filter(({ words }) => words.includes(word));
  const adders = await Promise.all((named.length > 0 ? named : GROUPS).map(async ({ load }) => load()));
  for (const add of adders) add(program, perform);
  descendants(program).forEach(refuse);
  return program;
}

function addTuning(program: Command, perform: Perform): void {
  perform(
    addRequestOptions(
      program.command('optimize').description('tune the levers until growth meets the target'),
      optimizationRequest,
    ).option('--rerun', 'run again under an --id that has finished'),
    async () => (await import('./runs/optimize-command.js')).optimize,
  );
  perform(
    addRequestOptions(
      program.command('simulate').description('simulate the workforce of all plan years once'),
      simulationRequest,
    ),
    async () => (await import('./simulations/simulate-command.js')).simulate,
  );
  perform(
    addRequestOptions(
      program
        .command('results')
        .description('show the yearly results of a stored simulation')
        .argument('[id]', 'simulation, or the start of its id (default: the latest)'),
      optimizationRequest.pick({ statuses: true, metric: true }),
    ),
    async () => (await import('./simulations/results-command.js')).results,
  );
  perform(
    program
      .command('publish')
      .description('copy a stored simulation into a DuckDB database for other tools')
      .argument('[id]', 'simulation, or the start of its id (default: the latest)')
      .option('--out <file>', 'database to replace (default: simulation.duckdb in the home)')
      .option('--wait <seconds>', 'how long to wait for whoever holds it: 0 to 86400', '30'),
    async () => (await import('./simulations/publish-command.js')).publish,
  );
}

const RUN_ARGUMENT = 'run, as printed by optimize';
const RUN_COMMANDS = [
  ['watch', 'follow a run until it ends'],
  ['pause', 'let a run stop after the simulation at work'],
  ['resume', 'let a paused run go on'],
  ['stop', 'end a run and keep its best levers'],
  ['cancel', 'cancel a run'],
  ['approve', 'make the levers of a waiting run current'],
  ['reject', 'refuse the levers of a waiting run'],
  ['delegate', 'let somebody else decide on a waiting run as well'],
  ['report', 'write the report of a run again and show where it is'],
] as const;

function addRuns(program: Command, perform: Perform): void {
  const runs = program.command('runs').description('look at runs and steer them');
  perform(
    runs
      .command('list')
      .description('list runs, the newest first')
      .option('--limit <n>', 'most runs to list: a whole number from 1 to 1000 (default: 20)'),
    async () => (await import('./runs/command.js')).listRuns,
  );
  perform(
    runs
      .command('show')
      .description('show the result of a run, or where it stands')
      .argument('<id>', RUN_ARGUMENT),
    async () => (await import('./runs/command.js')).showRun,
  );
  for (const [name, description] of RUN_COMMANDS) {
    const command = runs.command(name).description(description).argument('<id>', RUN_ARGUMENT);
    if (name === 'approve' || name === 'reject') {
      command.requiredOption('--by <who>', 'who decides').option('--comment <text>', 'why');
    }
    if (name === 'delegate') {
      command
        .requiredOption('--by <who>', 'one of the approvers')
        .requiredOption('--to <who>', 'who may decide from now on')
        .option('--comment <text>', 'why');
    }
    perform(command, async () => (await import('./runs/command.js')).runCommand(name));
  }
  perform(
    runs
      .command('apply')
      .description('make the levers of a finished run current')
      .argument('<id>', RUN_ARGUMENT)
      .option(
        '--anyway',
        'also levers of a run that did not meet its target; without it they are refused, with what they miss',
      )
      .requiredOption('--by <who>', 'who does it: one of the approvers where the run names some')
      .requiredOption('--reason <text>', 'why, for the history')
      .option('--expected <fingerprint>', 'refuse unless this set is current, by its start'),
    async () => (await import('./runs/apply-command.js')).apply,
  );
}

function addCensus(program: Command, perform: Perform): void {
  const census = program.command('census').description('make and check companies');
  perform(
    census
      .command('generate')
      .description('make a sample company')
      .requiredOption('--employees <n>', 'people: a whole number from 1 to 2000000')
      .requiredOption('--seed <n>', 'random seed: a whole number from 0 to 2147483647')
      .requiredOption('--out <file>', 'file to write, .csv or .parquet'),
    async () => (await import('./census/command.js')).generate,
  );
  perform(
    addIntakeOptions(
      census
        .command('validate')
        .description('check a census file, whoever exported it')
        .argument('<file>', 'CSV, Parquet or workbook, also packed by gzip'),
    ),
    async () => (await import('./census/command.js')).validate,
  );
}

function addProcesses(program: Command, perform: Perform): void {
  perform(
    program.command('worker').description('work on runs until Ctrl-C'),
    async () => (await import('./processes/worker-command.js')).worker,
  );
  const server = program.command('server').description('keep the embedded Temporal server up until Ctrl-C');
  perform(server, async () => (await import('./processes/server-command.js')).serve);
  perform(
    server.command('stop').description('stop the embedded server, whoever uses it'),
    async () => (await import('./processes/server-command.js')).stop,
  );
  perform(
    program
      .command('gc')
      .description('remove what can be made again or nothing refers to')
      .option('--older-than <age>', 'hours or days, such as 12h: from 1h to 3650d', '30d')
      .option('--dry-run', 'only show what would be removed'),
    async () => (await import('./retention/command.js')).gc,
  );
  perform(
    program
      .command('ui')
      .description('serve the web page and the HTTP API until Ctrl-C')
      .option('--port <n>', 'a whole number from 0 (any free one) to 65535', '4680')
      .option('--host <address>', 'address to listen on; off loopback, tokens are required', '127.0.0.1')
      .option('--no-open', 'do not open a browser')
      .option('--user <name>', 'who you are, on loopback (default: the system user)')
      .option('--tokens <file>', 'JSON file of users, roles and tokens')
      .option('--allow-host <names>', 'further names of this server, with commas between'),
    async () => (await import('./processes/ui-command.js')).ui,
  );
  perform(
    program
      .command('doctor')
      .description('check everything a run needs, with the fix for what is wrong')
      .option('--repair', 'mend what a kill or damage has left and can be mended; no result is deleted'),
    async () => (await import('./doctor/command.js')).doctor,
  );
  perform(
    program
      .command('bench')
      .description('measure this machine against the figures in docs/benchmarks.md; in a checkout only')
      .argument('[name...]', 'benchmarks, such as simulation or tuning (default: all but dagster)'),
    async () => (await import('./bench/command.js')).bench,
  );
}

const pathOf = (command: Command): string =>
  command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;

const descendants = (command: Command): Command[] => [command, ...command.commands.flatMap(descendants)];
