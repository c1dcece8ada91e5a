/** Seeds of a company with another number of job levels, made of the sample's. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Database, literal } from '../../src/simulation/engine/database.js';

/** Ranges rise evenly from 50,000; hires and factors fall with the level. */
export const withLevels =
  (levels: number) =>
  async (seeds: string): Promise<void> => {
    const all = Array.from({ length: levels }, (_, index) => index + 1);
    const write = (file: string, header: string, rows: readonly string[]) =>
      writeFile(path.join(seeds, file), `${[header, ...rows].join('\n')}\n`);
    const low = (level: number): number => 40_000 + level * 12_000;
    await write(
      'config_job_levels.csv',
      'level_id,name,min_pay,max_pay,hire_midpoint',
      all.map((level) => `${level},IC${level},${low(level)},${low(level) * 2},${low(level) * 1.3}`),
    );
    await write(
      'config_hire_levels.csv',
      'level_id,share',
      shares(all).map((share, index) => `${index + 1},${share.toFixed(6)}`),
    );
    const hazards = (await readFile(path.join(seeds, 'config_termination_hazard.csv'), 'utf8'))
      .trim()
      .split('\n');
    await write('config_termination_hazard.csv', hazards[0] ?? '', [
      ...hazards.filter((row) => row.startsWith('base,')),
      ...all.map((level) => `level,${level},${(1.1 - level / 40).toFixed(3)}`),
      ...hazards.filter((row) => /^(age|tenure),/.test(row)),
    ]);
    const [header = '', ...rows] = (await readFile(path.join(seeds, 'comp_levers.csv'), 'utf8'))
      .trim()
      .split('\n');
    const ofThird = rows.filter((row) => row.split(',')[2] === '3');
    await write(
      'comp_levers.csv',
      header,
      all.flatMap((level) =>
        ofThird.map((row) =>
          row
            .split(',')
            .map((cell, index) => (index === 2 ? String(level) : cell))
            .join(','),
        ),
      ),
    );
  };

/** The sample's people without their levels: those follow from pay. */
export async function withoutLevels(census: string, file: string): Promise<void> {
  const database = await Database.open(':memory:', { spillFolder: path.dirname(file) });
  try {
    await database.run(
      `copy (select * replace (null::tinyint as job_level) from read_parquet(${literal(census)}) order by employee_id)
         to ${literal(file)} (format parquet)`,
    );
  } finally {
    await database.close();
  }
}

/** They fall with the level and sum to 1. */
function shares(levels: readonly number[]): number[] {
  const sum = levels.reduce((total, level) => total + 1 / level, 0);
  return levels.map((level) => 1 / level / sum);
}
