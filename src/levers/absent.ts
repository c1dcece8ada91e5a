/** Levers of the catalogue that a lever set does not know: it was made before them. They hold their neutral value, said aloud. */
import { definitionOf, PARAMETER_NAMES, type LeverRow, type ParameterName } from './lever.contract.js';

/** In the order of the catalogue. */
export function absentLevers(rows: readonly LeverRow[]): ParameterName[] {
  const known = new Set(rows.map(({ parameter_name }) => parameter_name));
  return rows.length === 0 ? [] : PARAMETER_NAMES.filter((name) => !known.has(name));
}

/** The absent levers as `default`'s, unlocked, for each year and level of the other rows. */
export function neutralRows(rows: readonly LeverRow[]): LeverRow[] {
  const absent = absentLevers(rows);
  if (absent.length === 0) return [];
  const places = new Map(rows.map((row) => [`${row.fiscal_year} ${row.job_level}`, row]));
  return absent.flatMap((parameter_name) =>
    [...places.values()].map(({ fiscal_year, job_level }) => ({
      scenario_id: 'default',
      fiscal_year,
      job_level,
      event_type: definitionOf(parameter_name).eventType,
      parameter_name,
      parameter_value: definitionOf(parameter_name).neutral,
      is_locked: false,
      created_at: '',
      created_by: '',
    })),
  );
}

/** What people are told of them, a sentence a lever. */
export const absenceNotices = (rows: readonly LeverRow[]): string[] =>
  absentLevers(rows).map(
    (name) =>
      `${name} has no row in this lever set: it holds its neutral value ${definitionOf(name).neutral}. Set it with: levers set ${name}=…`,
  );
