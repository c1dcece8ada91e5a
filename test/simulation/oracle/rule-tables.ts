/** The rule tables of the oracle, read from a folder of seeds. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { cents, decimal, ONE, whole, type Fraction } from './exact.js';
import type { Share } from './year-draws.js';

type Record = Readonly<{ [column: string]: string }>;

/** The factor of the band that a value lies in; lower edges are inclusive. */
export type Factor = (value: number) => Fraction;

export interface RuleTables {
  readonly levels: readonly { readonly level: number; readonly min: bigint; readonly midpoint: bigint }[];
  readonly hazard: Readonly<{ base: Fraction; level: Factor; age: Factor; tenure: Factor }>;
  readonly shape: Readonly<{ age: Factor; tenure: Factor }>;
  readonly raiseMonths: readonly Share<number>[];
  readonly hireLevels: readonly Share<number>[];
  readonly hireAges: readonly Share<number>[];
  /** Parent by scenario; '' for none. */
  readonly parents: ReadonlyMap<string, string>;
}

const column = (row: Record, name: string): string => {
  const cell = row[name];
  if (cell === undefined) throw new TypeError(`no column ${name}`);
  return cell;
};

function factorOf(rows: readonly Record[], dimension: string): Factor {
  const bands = rows
    .filter((row) => column(row, 'dimension') === dimension)
    .map((row) => ({ from: Number(column(row, 'lower_bound')), factor: decimal(column(row, 'factor')) }))
    .toSorted((left, right) => left.from - right.from);
  return (value) => bands.findLast(({ from }) => from <= value)?.factor ?? ONE;
}

const shares = (rows: readonly Record[], name: string): Share<number>[] =>
  rows
    .map((row) => ({ value: Number(column(row, name)), share: decimal(column(row, 'share')) }))
    .toSorted((left, right) => left.value - right.value);

export async function readRuleTables(seedsFolder: string): Promise<RuleTables> {
  const rows = async (file: string) =>
    parse<Record>(await readFile(path.join(seedsFolder, file), 'utf8'), { columns: true });
  const hazard = await rows('config_termination_hazard.csv');
  const shape = await rows('config_promotion_shape.csv');
  return {
    levels: (await rows('config_job_levels.csv')).map((row) => ({
      level: Number(column(row, 'level_id')),
      min: cents(column(row, 'min_pay')),
      midpoint: cents(column(row, 'hire_midpoint')),
    })),
    hazard: {
      base:
        hazard.filter((row) => row['dimension'] === 'base').map((row) => decimal(column(row, 'factor')))[0] ??
        whole(0),
      level: factorOf(hazard, 'level'),
      age: factorOf(hazard, 'age'),
      tenure: factorOf(hazard, 'tenure'),
    },
    shape: { age: factorOf(shape, 'age'), tenure: factorOf(shape, 'tenure') },
    raiseMonths: shares(await rows('config_raise_months.csv'), 'month'),
    hireLevels: shares(await rows('config_hire_levels.csv'), 'level_id'),
    hireAges: shares(await rows('config_hire_ages.csv'), 'age'),
    parents: new Map(
      (await rows('scenarios.csv')).map((row) => [column(row, 'scenario_id'), column(row, 'parent_id')]),
    ),
  };
}
