/** Where things live and how the process behaves: environment and flags parsed once, at the rim. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { failure } from './shared/errors/errors.js';
import { own } from './shared/own.terms.js';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

export interface Config {
  /** The project's own folder: dbt, seeds, .venv. */
  readonly projectRoot: string;
  /** All state: simulations, levers, inputs, the embedded server. */
  readonly home: string;
  /** Seeds that the model reads: the product's own, or those of a company's version. */
  readonly seeds: string;
  /** The people of whom a plan is where a request names no census. */
  readonly census: string;
  /** Whose plan it is; the version is undefined for the sample. */
  readonly company: { readonly name: string; readonly version: number | undefined };
  /** What can be made again from the project alone: compiled plans. */
  readonly cache: string;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Address of an outside Temporal server; undefined means the embedded one. */
  readonly temporalAddress: string | undefined;
  /**
   * Where a request's files may be beside home and project. `any`: the embedded server runs on the caller's own machine.
   */
  readonly inputFolders: readonly string[] | 'any';
  readonly temporalNamespace: string;
  readonly taskQueue: string;
  /** True: workers serve the Nexus service too; the server must offer Nexus. */
  readonly nexus: boolean;
  /** PostgreSQL of the catalog, with its password; undefined means SQLite in the home. */
  readonly catalogUrl: string | undefined;
  /** Told when an approval is awaited; undefined: nobody is. */
  readonly approvalWebhook: string | undefined;
  /** Told when a run of the asset graph leaves assets failed or blocked; undefined: nobody is. */
  readonly alertWebhook: string | undefined;
  /** Tokens of the HTTP API as JSON, and a file of them; the file wins. */
  readonly tokens: string | undefined;
  readonly tokensFile: string | undefined;
  /** Fewest people whose pay a viewer may see together. */
  readonly smallestCell: number;
  /** The company that is meant where none is named; undefined: the one in use. */
  readonly useCompany: string | undefined;
  /** What a company's configuration has from the home that the company stands in; undefined: it is that home's own. */
  readonly within?: CompanyShare;
}

/** What differs between a home and a company in it. */
type CompanyShare = Pick<Config, 'home' | 'seeds' | 'census' | 'company' | 'temporalNamespace'>;

/** The configuration of the home itself, from that of any of its companies. */
export const rootConfig = ({ within, ...own }: Config): Config => ({ ...own, ...within });

const environment = z.object({
  MERITLOOP_HOME: z.string().min(1).optional(),
  MERITLOOP_CACHE: z.string().min(1).optional(),
  MERITLOOP_LOG_LEVEL: z.enum(LOG_LEVELS).default('warn'),
  MERITLOOP_NEXUS: z.enum(['on', 'off']).default('off'),
  MERITLOOP_CATALOG_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/[^/?#]+\/[^/?#]+/, 'must be postgresql://USER:PASSWORD@HOST:PORT/DATABASE')
    .refine((url) => URL.canParse(url), 'must be a URL; write special characters of a password as %XX')
    .optional(),
  MERITLOOP_APPROVAL_WEBHOOK: z.url({ protocol: /^https?$/ }).optional(),
  MERITLOOP_ALERT_WEBHOOK: z.url({ protocol: /^https?$/ }).optional(),
  MERITLOOP_INPUT_FOLDERS: z.string().min(1).optional(),
  MERITLOOP_TASK_QUEUE: z.string().min(1).default('meritloop'),
  MERITLOOP_TOKENS: z.string().min(1).optional(),
  MERITLOOP_TOKENS_FILE: z.string().min(1).optional(),
  MERITLOOP_SMALLEST_CELL: z.coerce.number().int().min(1).max(50).default(5),
  MERITLOOP_COMPANY: z.string().min(1).optional(),
  TEMPORAL_ADDRESS: z.string().min(1).optional(),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
});

/** Variables whose value may hold a password. */
const SECRET: ReadonlySet<string> = new Set(['MERITLOOP_CATALOG_URL']);

export interface ConfigFlags {
  readonly home?: string | undefined;
  readonly logLevel?: string | undefined;
}

/** Both `src/` and `dist/` sit right under the project's root. */
const PROJECT_ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Flags win over the environment. @throws MeritloopError REQUEST_INVALID naming the variable. */
export function loadConfig(
  flags: ConfigFlags = {},
  env: NodeJS.ProcessEnv = process.env,
  cwd: string = process.cwd(),
): Config {
  const parsed = environment.safeParse({
    ...env,
    ...(flags.logLevel ? { MERITLOOP_LOG_LEVEL: flags.logLevel } : {}),
  });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = String(issue?.path[0]);
    throw failure('REQUEST_INVALID', {
      source: 'environment',
      field,
      value: SECRET.has(field) ? '(not shown)' : String(own(env, field) ?? flags.logLevel),
      rule: String(issue?.message),
    });
  }
  const values = parsed.data;
  return {
    projectRoot: PROJECT_ROOT,
    home: path.resolve(cwd, flags.home ?? values.MERITLOOP_HOME ?? '.meritloop'),
    seeds: path.join(PROJECT_ROOT, 'seeds'),
    census: path.join(PROJECT_ROOT, 'seeds', 'sample_census.parquet'),
    company: { name: 'sample', version: undefined },
    cache: path.resolve(cwd, values.MERITLOOP_CACHE ?? path.join(PROJECT_ROOT, '.cache')),
    logLevel: values.MERITLOOP_LOG_LEVEL,
    temporalAddress: values.TEMPORAL_ADDRESS,
    inputFolders:
      values.MERITLOOP_INPUT_FOLDERS === undefined
        ? values.TEMPORAL_ADDRESS === undefined
          ? 'any'
          : []
        : values.MERITLOOP_INPUT_FOLDERS.split(path.delimiter).map((folder) => path.resolve(cwd, folder)),
    temporalNamespace: values.TEMPORAL_NAMESPACE,
    taskQueue: values.MERITLOOP_TASK_QUEUE,
    nexus: values.MERITLOOP_NEXUS === 'on',
    catalogUrl: values.MERITLOOP_CATALOG_URL,
    approvalWebhook: values.MERITLOOP_APPROVAL_WEBHOOK,
    alertWebhook: values.MERITLOOP_ALERT_WEBHOOK,
    tokens: values.MERITLOOP_TOKENS,
    tokensFile:
      values.MERITLOOP_TOKENS_FILE === undefined
        ? undefined
        : path.resolve(cwd, values.MERITLOOP_TOKENS_FILE),
    smallestCell: values.MERITLOOP_SMALLEST_CELL,
    useCompany: values.MERITLOOP_COMPANY,
  };
}
