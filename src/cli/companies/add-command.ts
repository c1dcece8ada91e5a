/** `company add`: takes a census file in, asks what it leaves open on a terminal, refuses it at once elsewhere. */
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { CensusAnswers, IntakeQuestion } from '../../census/intake/answers.contract.js';
import { addCompany, nameOfFile, type CompanyReport } from '../../companies/add-company.js';
import { Companies } from '../../companies/companies.js';
import { readAnswers } from '../census/intake-options.js';
import type { CliContext, CommandInput, Handler } from '../context.js';
import { listenForInterrupt } from '../interrupt.js';
import { requiredText } from '../option-values.js';
import { noteOf } from './change-command.js';
import { renderReport } from './render-report.js';

export const add: Handler = async (context, input) => {
  const { config, output, cwd } = context;
  const { args, options } = input;
  const file = path.resolve(cwd, requiredText('<file>', args[0]));
  const name = options['name'] === undefined ? nameOfFile(file) : requiredText('--name', options['name']);
  const note = noteOf(input, `from ${path.basename(file)}`);
  const interrupt = listenForInterrupt(() => output.log('ending'));
  const wanted = { file, name, ...note, signal: interrupt.signal };
  try {
    const answers = await answersOf(context, input, (given) =>
      addCompany(config, { ...wanted, answers: given, dryRun: true }),
    );
    const dryRun = options['dryRun'] === true;
    const report = await addCompany(config, { ...wanted, answers, dryRun });
    if (options['use'] === true && !dryRun) await new Companies(config).use(name);
    output.show(report, (style) => renderReport(report, style));
    return report.version === null && report.questions.length > 0 ? 2 : 0;
  } finally {
    interrupt.release();
  }
};

/** Those of the options; on a terminal also what is asked one by one, with the proposal at hand. */
async function answersOf(
  { output, cwd }: CliContext,
  input: CommandInput,
  look: (answers: CensusAnswers) => Promise<CompanyReport>,
): Promise<CensusAnswers> {
  const given = await readAnswers(input, cwd);
  const asks = process.stdin.isTTY && process.stdout.isTTY && !output.json && input.options['yes'] !== true;
  if (!asks) return given;
  const { questions } = await look(given);
  const asked = { ...input.options };
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    for (const question of questions)
      Object.assign(asked, await answerTo(question, (text) => lines.question(text)));
  } finally {
    lines.close();
  }
  return readAnswers({ ...input, options: asked }, cwd);
}

/** The answer stands under the option's name, as if it had been on the command line. */
async function answerTo(
  { message, option, options }: IntakeQuestion,
  ask: (text: string) => Promise<string>,
): Promise<object> {
  const [flag = '', ...proposed] = option.split(' ');
  const proposal = proposed.join(' ');
  const choices = options.length > 1 ? ` [${options.join(', ')}]` : '';
  const said = (await ask(`${message}?${choices} (${proposal}) `)).trim();
  const name = flag.slice(2).replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return { [name]: said === '' ? proposal : said };
}
