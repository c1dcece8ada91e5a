/** The commands under `company` with their options. */
import type { Command } from 'commander';
import { addIntakeOptions } from '../census/intake-options.js';
import type { Perform } from '../context.js';

const NAME = 'company (default: the one in use)';
const load = async () => import('./command.js');
const changes = async () => import('./change-command.js');

/** Who and why, as of lever moves. */
const withNote = (command: Command): Command =>
  command
    .option('--by <who>', 'who does it (default: the user of the system)')
    .option('--reason <text>', 'why, for the history');

export function addCompanies(program: Command, perform: Perform): void {
  const companies = program
    .command('company')
    .description('whose plan it is: its people, levels and settings');
  perform(
    withNote(
      addIntakeOptions(
        companies
          .command('add')
          .description('make a company of a census file, or the next version of one that is there')
          .argument('<file>', 'CSV, Parquet or workbook, also packed by gzip')
          .option('--name <name>', 'of the company (default: from the name of the file)')
          .option('--dry-run', 'show what the file says, and store nothing')
          .option('--yes', 'ask nothing: what is open is refused with the option that answers it')
          .option('--use', 'make it the company that commands mean without --company'),
      ),
    ),
    async () => (await import('./add-command.js')).add,
  );
  perform(
    companies.command('list').description('list the companies of the home'),
    async () => (await load()).listCompanies,
  );
  perform(
    companies
      .command('show')
      .description('show people, levels, segments and oddities of a company')
      .argument('[name]', NAME)
      .argument('[version]', 'version, as listed by history (default: the newest)')
      .option('--settings', 'every setting with its value, unit and range'),
    async () => (await load()).showCompany,
  );
  perform(
    companies
      .command('use')
      .description('make it the company that commands mean without --company')
      .argument('<name>', 'company'),
    async () => (await load()).useCompany,
  );
  perform(
    companies
      .command('history')
      .description('list the versions of a company, the newest first')
      .argument('[name]', NAME),
    async () => (await load()).companyHistory,
  );
  perform(
    withNote(
      companies
        .command('set')
        .description('change settings of the company, such as headcount_growth=.02 or IC3.mid=98000')
        .argument('<setting...>', 'setting=value'),
    ),
    async () => (await changes()).set,
  );
  perform(
    withNote(
      companies
        .command('fit')
        .description('show what the census says of the settings, with the evidence')
        .option('--accept <list>', 'settings to take, or all: a new version'),
    ),
    async () => (await changes()).fit,
  );
  perform(
    companies
      .command('export')
      .description('write census, settings and mapping of the company into a folder')
      .requiredOption('--out <folder>', 'folder to make'),
    async () => (await changes()).exportCompany,
  );
  perform(
    withNote(
      companies
        .command('rollback')
        .description('make an earlier version of the company the newest one')
        .argument('<version>', 'version, as listed by history'),
    ),
    async () => (await changes()).rollback,
  );
  perform(
    companies
      .command('remove')
      .description('remove a company with its runs, simulations and levers')
      .argument('<name>', 'company')
      .option('--yes', 'do it: there is no way back'),
    async () => (await changes()).remove,
  );
}
