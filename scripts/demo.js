/** `npm run demo`: tunes the sample company to 2 % and says where to look next. Exits 0 only when the run converged. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { prepare } from './prepare.js';
import { exitCodeOf, ScriptProblem } from './problem.js';
import { reporter } from './report.js';
import { PROJECT_ROOT } from './set-up.js';

const TARGET = '2.0';

const NEXT = `
Where to look next
  bin/meritloop results              the yearly results of that run
  bin/meritloop runs list            every run, with its growth and gap
  bin/meritloop optimize --help      other targets, metrics, years and strategies
  bin/meritloop server               Temporal with its web page: every run, step by step
  ARCHITECTURE.md                    how it works
`;

const code = await exitCodeOf(async () => {
  const say = reporter();
  say('demo: checking that everything is installed and built');
  await prepare({ tests: false, say });
  const entry = path.join(PROJECT_ROOT, 'dist', 'cli', 'main.js');
  if (!existsSync(entry)) throw new ScriptProblem('there is no command line at dist/cli/main.js');
  /** @type {{ main: (args: string[]) => Promise<number> }} */
  const { main } = await import(entry);
  say(`demo: tuning the sample company to ${TARGET} % on an embedded Temporal server`);
  const exitCode = await main(['optimize', '--target', TARGET]);
  say(exitCode === 0 ? 'demo: converged' : `demo: did not converge (exit code ${exitCode})`);
  if (exitCode === 0) process.stdout.write(NEXT);
  return exitCode;
});
process.exit(code);
