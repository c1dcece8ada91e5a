/** Answers the routes of censuses: uploads, listings and aggregates, never a value of a row. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { importCensus, validateCensus } from '../../census/import.js';
import { censusFolder, readStored } from '../../census/store.js';
import type { StoredCensus } from '../../census/census.contract.js';
import { checksOf } from '../../census/checks-of.js';
import { baselineDate } from '../../simulation/settings.contract.js';
import { failure } from '../../shared/errors/errors.js';
import { censusAggregates } from '../../census/census-summary.js';
import { readJobLevels } from '../../simulation/seeds/job-levels.js';
import { readWorkforceSettings } from '../../simulation/seeds/settings.js';
import { smallestCellOf } from '../access.js';
import { newApi } from '../api.js';
import type { ServerContext } from '../context.js';
import * as routes from './routes.js';
import { saveBody } from '../upload.js';
import { withheldCensus } from './withheld-census.js';

const MEDIA_TYPES = ['text/csv', 'application/vnd.apache.parquet', 'application/octet-stream'];
const SHA256 = /^[0-9a-f]{64}$/;

export const censusHandlers = (server: ServerContext) => {
  const { config, limits } = server;
  const standardDate = async () => baselineDate((await readWorkforceSettings(config.seeds)).start_year);

  /** The sample company, stored like any other, so that it can be named and looked at. */
  const sampleSha256 = async (): Promise<string> => {
    const { home, census: file } = config;
    return (await importCensus({ home, file, baselineDate: await standardDate() })).sha256;
  };

  const listing = async (sha256: string, stored: StoredCensus, sample: string) => ({
    sha256,
    ...stored,
    imported_at: (
      await stat(path.join(censusFolder(config.home, sha256), 'census.json'))
    ).mtime.toISOString(),
    is_sample: sha256 === sample,
  });

  return newApi()
    .openapi(routes.getCensuses, async (context) => {
      const sample = await sampleSha256();
      const names = (await readdir(path.join(config.home, 'inputs'))).filter((name) => SHA256.test(name));
      const censuses = await Promise.all(
        names.map(async (sha256) => {
          const stored = await readStored(censusFolder(config.home, sha256));
          return stored === null ? [] : [await listing(sha256, stored, sample)];
        }),
      );
      const sorted = censuses
        .flat()
        .toSorted(
          (left, right) =>
            Number(right.is_sample) - Number(left.is_sample) ||
            right.imported_at.localeCompare(left.imported_at),
        );
      return context.json({ censuses: sorted }, 200);
    })
    .openapi(routes.uploadCensus, async (context) => {
      const { name, baseline_date } = context.req.valid('query');
      const type = (context.req.header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
      if (!MEDIA_TYPES.includes(type))
        throw failure('MEDIA_TYPE_UNKNOWN', { found: type === '' ? 'nothing' : type, known: MEDIA_TYPES });
      const scratch = path.join(config.home, 'tmp', `upload-${randomUUID()}`);
      await mkdir(scratch, { recursive: true });
      try {
        const file = path.join(scratch, name);
        await saveBody(context.req.raw.body, file, limits.censusBytes);
        const date = baseline_date ?? (await standardDate());
        const signal = context.req.raw.signal;
        const checks = await checksOf(config);
        const checked = await validateCensus({ file, baselineDate: date, ...checks, scratch, signal });
        const { rows, active, unit, notices } = checked;
        const tooMany = rows > limits.censusRows;
        const problems = [
          ...(tooMany
            ? [{ field: 'file', rule: `must have at most ${limits.censusRows} rows`, count: 1, lines: [] }]
            : []),
          ...checked.problems.map(({ field, rule, count, examples }) => ({
            field,
            rule,
            count,
            lines: examples.map(({ line }) => line),
          })),
        ];
        const found = { rows, active, unit, problems, notices: [...notices] };
        if (problems.length > 0)
          return context.json({ valid: false, stored: false, sha256: null, ...found }, 200);
        const { sha256 } = await importCensus({
          home: config.home,
          file,
          baselineDate: date,
          ...checks,
          signal,
        });
        return context.json({ valid: true, stored: true, sha256, ...found }, 201);
      } finally {
        await rm(scratch, { recursive: true, force: true });
      }
    })
    .openapi(routes.getCensus, async (context) => {
      const { sha256 } = context.req.valid('param');
      const folder = censusFolder(config.home, sha256);
      const stored = await readStored(folder);
      if (stored === null) throw failure('CENSUS_UNKNOWN', { census: sha256 });
      const date = await standardDate();
      const levels = await readJobLevels(config.seeds);
      const spill = path.join(config.home, 'tmp', `census-${randomUUID()}`);
      await mkdir(spill, { recursive: true });
      try {
        const floors = levels.map(({ min_pay }) => min_pay);
        const aggregates = await censusAggregates(folder, floors, date, spill);
        const of = await listing(sha256, stored, await sampleSha256());
        return context.json(
          {
            ...of,
            baseline_date: date,
            ...withheldCensus(aggregates, smallestCellOf(config, context.get('caller'))),
            ages: [...aggregates.ages],
            tenures: [...aggregates.tenures],
          },
          200,
        );
      } finally {
        await rm(spill, { recursive: true, force: true });
      }
    });
};
