/** Requests and responses of companies: levels and counts, never a row of a census. */
import { z } from 'zod';
import {
  companyLevel,
  companyName,
  companyNotice,
  companySegment,
  VERSION_ACTIONS,
} from '../../companies/company.contract.js';
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

export const companyRollback = z
  .strictObject({ version: z.int().min(1).max(MOST_VERSIONS), reason })
  .meta({ id: 'CompanyRollback' });

export const companyUse = z.strictObject({ company: companyName }).meta({ id: 'CompanyUse' });
export const companyUsed = z.object({ company: z.string(), version }).meta({ id: 'CompanyUsed' });
