/** Requests and responses of companies: levels and counts, never a row of a census. */
import { z } from 'zod';
import {
  companyLevel,
  companyName,
  companyNotice,
  companySegment,
  VERSION_ACTIONS,
} from '../../companies/company.contract.js';
import { censusAnswers } from '../../census/intake/answers.contract.js';
import { optionalNumberQuery, reason } from '../common.contract.js';

const MOST_VERSIONS = 1_000_000;

export const companyParam = z.object({ company: companyName });

/** Names the company that the whole request is about; every route takes it. */
export const versionQuery = z.object({
  version: optionalNumberQuery(1, MOST_VERSIONS, 'Version; default: the newest.'),
});

const version = z
  .int()
  .nullable()
  .describe('Null: the sample, whose settings are the own ones of meritloop.');

const companyListing = z
  .object({
    company: z.string(),
    version,
    employees: z.int(),
    active: z.int().describe('Employees on the as-of date.'),
    as_of: z.string(),
    currency: z.string().describe('ISO 4217.'),
    in_use: z.boolean().describe('True: commands without --company mean it.'),
  })
  .meta({ id: 'CompanyListing' });
export const companyList = z
  .object({
    companies: z.array(companyListing),
    /** Whom the answers of this address are about. */
    asked: z.string().describe('The company that a request without `company` is about.'),
  })
  .meta({ id: 'CompanyList' });

const pay = z.number().nullable().describe('A year, full time; null where it is withheld from this role.');

export const companyDetails = z
  .object({
    company: z.string(),
    version,
    at: z.string(),
    by: z.string(),
    action: z.enum(VERSION_ACTIONS),
    reason: z.string(),
    file: z.string().describe('Name of the census file as it was given.'),
    as_of: z.string(),
    employees: z.int(),
    active: z.int(),
    currency: z.string(),
    levels: z.array(companyLevel.extend({ min: pay, mid: pay, max: pay })),
    segments: z.array(companySegment),
    mapping: z.record(z.string(), z.unknown()).describe('Answers by which the next file is read.'),
    notices: z.array(companyNotice),
  })
  .meta({ id: 'CompanyDetails' });

export const companyVersions = z
  .object({ company: z.string(), versions: z.array(companyDetails) })
  .meta({ id: 'CompanyVersions' });

export const uploadName = z.object({
  name: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9_. -]{0,99}\.(csv|tsv|txt|xlsx|parquet)(\.gz)?$/,
      'must be a file name that ends in .csv, .tsv, .txt, .xlsx or .parquet, perhaps with .gz',
    )
    .describe('File name; stands in messages.'),
});
export const uploadedFile = z
  .object({ file: z.string().describe('Names it in requests, for a day.'), name: z.string() })
  .meta({ id: 'UploadedFile' });

export const companyStart = z
  .strictObject({
    file: z.string().describe('As the upload named it.'),
    name: companyName,
    answers: censusAnswers.default({}).describe('What somebody says of the file.'),
    dry_run: z.boolean().default(false).describe('True: nothing is stored.'),
    reason: reason.default('uploaded'),
  })
  .meta({ id: 'CompanyStart' });

const evidence = z
  .object({
    setting: z.string(),
    today: z.number().nullable(),
    proposed: z.number().nullable().describe('Null where it is withheld from this role.'),
    evidence: z.string(),
  })
  .meta({ id: 'SettingEvidence' });

export const companyReport = z
  .object({
    company: z.string(),
    version: z.int().nullable().describe('The version that was made; null: nothing was stored.'),
    as_of: z.string(),
    employees: z.int(),
    active: z.int(),
    currency: z.string(),
    levels: z.array(companyLevel.extend({ min: pay, mid: pay, max: pay })),
    segments: z.array(companySegment),
    mapping: censusAnswers,
    notices: z.array(companyNotice),
    questions: z.array(
      z.object({
        code: z.string(),
        message: z.string(),
        options: z.array(z.string()).describe('What may be answered, the proposal first.'),
        option: z.string().describe('The option of the command line that answers it.'),
      }),
    ),
    evidence: z.array(evidence),
  })
  .meta({ id: 'CompanyReport' });

const setting = z.object({
  name: z.string(),
  label: z.string(),
  unit: z.string(),
  range: z.tuple([z.number(), z.number()]),
  meaning: z.string(),
  value: z.number(),
});
export const companySettings = z
  .object({ company: z.string(), version, settings: z.array(setting), proposals: z.array(evidence) })
  .meta({ id: 'CompanySettings' });
export const settingsChange = z
  .strictObject({
    changes: z.array(z.strictObject({ setting: z.string().min(1).max(200), value: z.number() })).min(1),
    reason,
  })
  .meta({ id: 'SettingsChange' });

export const companyRollback = z
  .strictObject({ version: z.int().min(1).max(MOST_VERSIONS), reason })
  .meta({ id: 'CompanyRollback' });

export const companyUse = z.strictObject({ company: companyName }).meta({ id: 'CompanyUse' });
export const companyUsed = z.object({ company: z.string(), version }).meta({ id: 'CompanyUsed' });
