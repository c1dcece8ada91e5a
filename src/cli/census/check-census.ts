/** Checks a census before a run is started: here its faults are shown with their values, which no history must hold. */
import { baselineDate } from '../../simulation/settings.contract.js';
import { parsePlanYears } from '../../shared/contract/years.contract.js';
import { checksOf } from '../../census/checks-of.js';
import type { CliContext } from '../context.js';
import { censusDate } from './baseline-date.js';

/** @throws MeritloopError FILE_MISSING, ROW_INVALID and what else a census may break */
export async function checkCensus(
  { config }: CliContext,
  file: string,
  years: string | undefined,
): Promise<void> {
  const { importCensus } = await import('../../census/import.js');
  const date = years === undefined ? await censusDate(config) : baselineDate(parsePlanYears(years).first);
  await importCensus({ home: config.home, file, baselineDate: date, ...(await checksOf(config)) });
}
