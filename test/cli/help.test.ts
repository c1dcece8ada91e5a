/** The help: what exists stands there, and nothing else. */
import { tmpdir } from 'node:os';
import { describe, expect, test } from '@jest/globals';
import { buildProgram } from '../../src/cli/program.js';
import { gridRequest } from '../../src/grids/grid.contract.js';
import { optimizationRequest, simulationRequest } from '../../src/runs/request.contract.js';
import { runInProcess } from './capture.js';

const help = async (...argv: string[]) => {
  const { exitCode, stdout, stderr } = await runInProcess([...argv, '--help'], tmpdir());
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout;
};

/** What is wrapped is one line again. */
const lines = (text: string): string[] =>
  text
    .replaceAll(/\n {10,}/g, ' ')
    .split('\n')
    .map((line) => line.trim().replaceAll(/ {2,}/g, '  '));

const optionsOf = (text: string): string[] =>
  [...text.split('Global Options:')[0]!.matchAll(/^ {2}--([a-z-]+)/gm)].map((match) =>
    match[1]!.replaceAll('-', '_'),
  );

describe('help', () => {
  test('of the program', async () => {
    // Line by line, whatever the width of the columns.
    expect(lines(await help())).toEqual(
      lines(`Usage: meritloop [options] [command]

Tunes compensation levers until the simulated pay growth meets the target.

Options:
  -V, --version           output the version number
  --home <folder>         where all state lives (default: MERITLOOP_HOME or
                          .meritloop)
  --company <name>   whose plan it is (default: MERITLOOP_COMPANY or the one in use)
  --json                  one JSON document on stdout, logs on stderr
  --log-level <level>     debug, info, warn, error, silent (default: warn)
  -h, --help              display help for command

Commands:
  company                         whose plan it is: its people, levels and settings
  optimize [options]      tune the levers until growth meets the target
  simulate [options]      simulate the workforce of all plan years once
  results [options] [id]  show the yearly results of a stored simulation
  publish [options] [id]  copy a stored simulation into a DuckDB database for
                          other tools
  impact [options] [lever...]  show what levers do to growth and payroll, from simulations
  grid [options]  tune for every target, strategy, scenario and seed, and compare growth with payroll
  runs                    look at runs and steer them
  schedule                runs that start by the clock
  assets                  look at the asset graph, plan what is due, and make it
  levers                  look at levers, change them, and go back
  census                  make and check companies
  scenario  clone, compare and promote scenarios
  audit [options]  show who changed which lever when, why, and on whose approval
  worker                  work on runs until Ctrl-C
  server                  keep the embedded Temporal server up until Ctrl-C
  gc [options]            remove what can be made again or nothing refers to
  ui [options]            serve the web page and the HTTP API until Ctrl-C
  doctor [options]        check everything a run needs, with the fix for what is
                          wrong
  bench [name...]         measure this machine against the figures in
                          docs/benchmarks.md; in a checkout only
  help [command]          display help for command
`),
    );
  });

  test.each([
    ['optimize', [...Object.keys(optimizationRequest.shape), 'rerun']],
    ['simulate', Object.keys(simulationRequest.shape)],
    ['grid', [...Object.keys(gridRequest.shape), 'rerun']],
    ['results', ['statuses', 'metric']],
  ])('of %s lists every key of its request', async (command, keys) => {
    expect(optionsOf(await help(command)).toSorted()).toEqual(keys.toSorted());
  });

  test('of an option tells its range and its default', async () => {
    const text = (await help('optimize')).replaceAll(/\s+/g, ' ');
    expect(text).toContain(
      '--tolerance <pp> allowed distance from the target: number from 0.001 to 5 (default: 0.1)',
    );
    expect(text).toContain(
      '--strategy <name> path on which levers move: conservative, balanced, aggressive (default: balanced)',
    );
    expect(text).toContain(
      '--census <file> company to start from, CSV or Parquet (default: the sample company)',
    );
    expect(text).toContain('--home <folder> where all state lives');
  });

  test.each([
    [
      'runs',
      [
        'list',
        'show',
        'watch',
        'pause',
        'resume',
        'stop',
        'cancel',
        'approve',
        'reject',
        'delegate',
        'report',
        'apply',
        'help',
      ],
    ],
    ['schedule', ['create', 'list', 'show', 'trigger', 'pause', 'resume', 'delete', 'help']],
    ['levers', ['show', 'validate', 'history', 'diff', 'export', 'set', 'import', 'rollback', 'help']],
    ['census', ['generate', 'validate', 'help']],
    ['scenario', ['list', 'clone', 'compare', 'promote', 'help']],
    ['server', ['stop']],
  ])('of %s lists its commands', async (group, commands) => {
    const listed = [...(await help(group)).split('Commands:')[1]!.matchAll(/^ {2}([a-z]+)/gm)].map(
      (match) => match[1],
    );
    expect(listed).toEqual(commands);
  });

  test('--version is that of the package', async () => {
    const { stdout, exitCode } = await runInProcess(['--version'], tmpdir());
    expect({ stdout, exitCode }).toEqual({ stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), exitCode: 0 });
  });
});

describe('the tree of commands', () => {
  const wordsOf = async (...argv: string[]): Promise<string[]> => {
    const program = await buildProgram(argv, {
      streams: process,
      quietErrors: true,
      onFailure: () => {},
      run: async () => {},
    });
    return program.commands.map((command) => command.name());
  };

  test('holds what begins with the first word, wherever the options of the program stand', async () => {
    const every = await wordsOf();
    expect(every.length).toBeGreaterThan(15);
    for (const word of every) {
      const own = await wordsOf(word);
      expect(own).toContain(word);
      expect(own.length).toBeLessThan(every.length / 2);
      expect(await wordsOf('--json', '--home', 'grid', word, '--company', 'runs')).toEqual(own);
    }
  });

  test.each([['--help', 'grid'], ['help', 'grid'], ['gird'], ['--home', 'grid'], ['--unknown', 'grid']])(
    'is whole for %s %s',
    async (...argv) => {
      expect(await wordsOf(...argv.filter((word) => word !== undefined))).toEqual(await wordsOf());
    },
  );
});
