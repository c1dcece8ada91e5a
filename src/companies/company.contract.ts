/** A company: its name, its versions, and the pointer to the one in use (docs/reference/companies.md). */
import { z } from 'zod';

/** Today's home itself: the company that the product brings. */
export const SAMPLE = 'sample';

/** Stands in paths, Temporal namespaces and addresses of the page. */
export const companyName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,39}$/,
    'must be 1 to 40 small letters, digits or hyphens, and begin with a letter or a digit',
  );

/** A job level of a company; pay is a year's, full time, in the company's currency. */
export const companyLevel = z.object({
  /** 1 is the lowest. */
  level: z.int().min(1),
  /** As the census calls it. */
  name: z.string(),
  people: z.int().min(0),
  min: z.number(),
  mid: z.number(),
  max: z.number(),
});

/** A column of the census that results are broken down by. */
export const companySegment = z.object({ name: z.string(), values: z.int().min(0) });

/** What a reader of the company must know; `lines` are the first ones concerned, of `count` in all. */
export const companyNotice = z.object({
  code: z.string(),
  count: z.int().min(0),
  lines: z.array(z.int()),
  message: z.string(),
});

export const VERSION_ACTIONS = ['add', 'census', 'set', 'fit', 'rollback'] as const;

/** `versions/<n>/version.json`: never changed once it stands. */
export const companyVersion = z.object({
  company: companyName,
  version: z.int().min(1),
  at: z.iso.datetime(),
  by: z.string().min(1),
  action: z.enum(VERSION_ACTIONS),
  reason: z.string(),
  /** Names the census file as it was given; its rows stand beside, in `census.parquet`. */
  file: z.string(),
  as_of: z.iso.date(),
  employees: z.int().min(1),
  active: z.int().min(1),
  /** ISO 4217. */
  currency: z.string(),
  levels: z.array(companyLevel).min(1),
  segments: z.array(companySegment),
  /** The answers by which next month's file is read without a question. */
  mapping: z.record(z.string(), z.unknown()),
  notices: z.array(companyNotice),
});
export type CompanyVersion = z.infer<typeof companyVersion>;

/** `company.json`: which version is in use. */
export const companyPointer = z.object({ version: z.int().min(1) });

export interface CompanyListing {
  readonly company: string;
  /** Null: the sample, whose settings are the product's own. */
  readonly version: number | null;
  readonly employees: number;
  readonly active: number;
  readonly as_of: string;
  readonly currency: string;
  /** The one that commands mean without `--company`. */
  readonly in_use: boolean;
}
