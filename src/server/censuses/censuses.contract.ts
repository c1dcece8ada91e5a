/** Requests and responses of censuses: aggregates only, never a row or a value of one. */
import { z } from 'zod';
import { FINGERPRINT_64 } from '../common.contract.js';

export const censusParam = z.object({ sha256: FINGERPRINT_64 });

export const censusListing = z
  .object({
    sha256: z.string(),
    rows: z.int(),
    active: z.int().describe('Employees without a termination date: the baseline.'),
    fingerprint: z.string().describe('Of the rows, whatever their order and the format of the file.'),
    imported_at: z.string().describe('ISO 8601.'),
    is_sample: z.boolean().describe('True: the sample company that ships with meritloop.'),
    notices: z.array(z.string()),
  })
  .meta({ id: 'CensusListing' });
export const censusList = z.object({ censuses: z.array(censusListing) }).meta({ id: 'CensusList' });

export const uploadQuery = z.object({
  name: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9_. -]{0,99}\.(csv|parquet)$/,
      'must be a file name that ends in .csv or .parquet',
    )
    .describe('File name; stands in messages.'),
  baseline_date: z.iso
    .date()
    .optional()
    .describe('December 31 before the first plan year, which is the default.'),
});

const censusProblem = z.object({
  field: z.string(),
  rule: z.string(),
  count: z.int(),
  lines: z.array(z.int()).describe('The first twenty lines of a CSV, rows of a Parquet file.'),
});

export const censusVerdict = z
  .object({
    valid: z.boolean(),
    stored: z.boolean(),
    sha256: z.string().nullable().describe('Names the census in requests; null when it was refused.'),
    rows: z.int(),
    active: z.int(),
    unit: z.enum(['line', 'row']),
    problems: z.array(censusProblem),
    notices: z.array(z.string()),
  })
  .meta({ id: 'CensusVerdict' });

const band = z.object({ band: z.string(), headcount: z.int() });

export const censusSummary = censusListing
  .extend({
    baseline_date: z.string(),
    headcount: z.int().describe('Active employees.'),
    mean_pay: z.number().nullable().describe('USD a year; null, as all pay here, where it is withheld.'),
    median_pay: z.number().nullable().describe('USD a year.'),
    payroll: z.number().nullable().describe('Sum of annual pay, USD.'),
    levels: z.array(
      z.object({
        job_level: z.int(),
        headcount: z.int(),
        mean_pay: z.number().nullable().describe('USD a year.'),
        median_pay: z.number().nullable().describe('USD a year.'),
        why_hidden: z.string().nullable().describe('Why pay is withheld from this role.'),
      }),
    ),
    ages: z.array(band),
    tenures: z.array(band),
  })
  .meta({ id: 'CensusSummary' });
