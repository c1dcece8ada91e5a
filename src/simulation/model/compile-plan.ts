/** Compiles the dbt project into a plan, once per change of it; the plan is cached by the project's fingerprint. */
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { execa } from 'execa';
import type { Config } from '../../config.js';
import { writeWhole } from '../../shared/files/durable.js';
import { failure } from '../../shared/errors/errors.js';
import { trimManifest, type DbtManifest } from '../../assets/graph/dbt/manifest.js';
import { hash, planFromManifest, type Manifest, type Plan } from './plan.js';
import { explainDbtFailure } from './dbt-failure.js';
import { manifestWithSeeds, planWithSeeds } from './company-seeds.js';
import { isRightDbt, otherDbt, wrongDbt } from './dbt-version.js';

/** Raised when the plan's own form changes, so that plans cached by an older release are not read. */
const PLAN_FORMAT = '6';

/** dbt's own folders hold no code. */
const NOT_CODE = new Set(['target', 'logs', 'dbt_packages']);

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter(
      (file) =>
        !path
          .relative(folder, file)
          .split(path.sep)
          .some((part) => NOT_CODE.has(part)),
    )
    .toSorted();
}

async function contentHash(files: readonly string[], root: string): Promise<string> {
  const contents = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return hash(...files.flatMap((file, index) => [path.relative(root, file), contents[index] ?? '']));
}

/** Changes with every edit of the model or its seeds; reads no file. */
export async function projectStamp(config: Config): Promise<string> {
  const { project, seeds } = dbtPaths(config);
  const files = (await Promise.all([filesUnder(project), filesUnder(seeds)])).flat();
  const stats = await Promise.all(files.map((file) => stat(file)));
  return hash(...stats.map(({ mtimeMs, size }, index) => `${files[index]} ${mtimeMs} ${size}`));
}

/** Paths of the project's dbt parts, with the seeds that it is compiled with; one place knows them. */
export const dbtPaths = (config: Config) => ({
  project: path.join(config.projectRoot, 'dbt'),
  seeds: path.join(config.projectRoot, 'seeds'),
  dbt: path.join(config.projectRoot, '.venv', 'bin', 'dbt'),
  python: path.join(config.projectRoot, '.venv', 'bin', 'python'),
});

async function compile(config: Config, target: string, seconds: number): Promise<Manifest & DbtManifest> {
  const { project, dbt } = dbtPaths(config);
  const run = await execa(
    dbt,
    [
      'compile',
      '--project-dir',
      project,
      '--profiles-dir',
      project,
      '--target-path',
      target,
      '--log-path',
      target,
    ],
    {
      reject: false,
      all: true,
      timeout: seconds * 1000,
      env: { DBT_SEND_ANONYMOUS_USAGE_STATS: 'false', NO_COLOR: '1' },
    },
  );
  if (run.code === 'ENOENT') throw failure('DBT_MISSING', { path: dbt });
  if (run.failed) {
    const explained = explainDbtFailure('compile', {
      output: run.all || (run.shortMessage ?? ''),
      signal: run.signal,
      givenUpAfter: run.timedOut ? seconds : undefined,
    });
    throw explained.code === 'DBT_FAILED' ? ((await otherDbt(dbt)) ?? explained) : explained;
  }
  const manifest = JSON.parse(await readFile(path.join(target, 'manifest.json'), 'utf8')) as Manifest &
    DbtManifest;
  const version = manifest.metadata.dbt_version;
  if (!isRightDbt(version)) throw wrongDbt(dbt, version);
  return manifest;
}

/** What one compilation gives: the plan that engines run, and the manifest that the asset graph is made of. */
interface Compilation {
  readonly plan: Plan;
  readonly manifest: DbtManifest;
}

/** Where a compilation of the project as it is now stands, or will. */
async function compilationFile(config: Config): Promise<{ file: string; seedFiles: string[] }> {
  const { project, seeds } = dbtPaths(config);
  const seedFiles = (await filesUnder(seeds)).filter((file) => file.endsWith('.csv'));
  const code = (await filesUnder(project)).filter((file) => /\.(sql|ya?ml)$/.test(file));
  const fingerprint = hash(PLAN_FORMAT, await contentHash([...code, ...seedFiles], config.projectRoot));
  return { file: path.join(config.cache, 'plans', fingerprint), seedFiles };
}

async function readCached<Part>(file: string): Promise<Part | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Part;
  } catch (error) {
    // A power cut may leave an empty file; like a missing one, it is made again.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' && !(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/**
 * The plan of the project's models, from the cache or by one short dbt subprocess (about 6 s).
 * @param seconds after which dbt is given up.
 * @throws DBT_MISSING, DBT_VERSION, MODEL_INVALID naming model and line, DBT_FAILED, DBT_KILLED, TIMED_OUT.
 */
export async function compilePlan(config: Config, onCompile?: () => void, seconds = 300): Promise<Plan> {
  const { file, seedFiles } = await compilationFile(config);
  const cached = await readCached<Plan>(`${file}.json`);
  const plan = cached ?? (await compileInto(config, file, seedFiles, onCompile, seconds)).plan;
  return config.within === undefined ? plan : planWithSeeds(plan, config.seeds);
}

/** The manifest behind {@link compilePlan}, with what no asset is made of left out. @throws as compilePlan does */
export async function compiledManifest(config: Config, onCompile?: () => void): Promise<DbtManifest> {
  const { file, seedFiles } = await compilationFile(config);
  const cached = await readCached<DbtManifest>(`${file}.manifest.json`);
  const manifest = cached ?? (await compileInto(config, file, seedFiles, onCompile, 300)).manifest;
  return config.within === undefined ? manifest : manifestWithSeeds(manifest, config.seeds);
}

async function compileInto(
  config: Config,
  file: string,
  seedFiles: readonly string[],
  onCompile: (() => void) | undefined,
  seconds: number,
): Promise<Compilation> {
  onCompile?.();
  const target = path.join(config.cache, `dbt-${randomUUID()}`);
  try {
    const compiled = await compile(config, target, seconds);
    const manifest = trimManifest(compiled);
    const plan = planFromManifest(
      compiled,
      await contentHash(
        seedFiles.filter((seed) => !/(comp_levers|comp_targets|config_workforce)\.csv$/.test(seed)),
        config.projectRoot,
      ),
    );
    await writeWhole(`${file}.manifest.json`, JSON.stringify(manifest));
    await writeWhole(`${file}.json`, JSON.stringify(plan));
    return { plan, manifest };
  } finally {
    await rm(target, { recursive: true, force: true });
  }
}

/** Looking at every file's date takes milliseconds; a trial takes a hundred. */
const LOOK_EVERY_MS = 1000;

/** The plan of the project as it is now: an edited model or seed must not run under the fingerprint of the old one. */
export class CurrentPlan {
  readonly #config: Config;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #stamp = '';
  #plan: Promise<Plan> | undefined;

  constructor(config: Config) {
    this.#config = config;
  }

  /** @param onCompile called when dbt has to compile the project. */
  async get(onCompile: () => void): Promise<Plan> {
    if (this.#plan !== undefined && performance.now() - this.#lookedAt < LOOK_EVERY_MS) return this.#plan;
    const stamp = await projectStamp(this.#config);
    this.#lookedAt = performance.now();
    if (this.#plan === undefined || stamp !== this.#stamp) {
      const plan = compilePlan(this.#config, onCompile);
      this.#stamp = stamp;
      this.#plan = plan;
      // A failed compilation is tried again by the next simulation.
      plan.catch(() => {
        if (this.#plan === plan) this.#plan = undefined;
      });
    }
    return this.#plan;
  }
}
