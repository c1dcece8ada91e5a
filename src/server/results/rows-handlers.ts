/** Answers the routes that give people's rows: pages, files, one person's years. */
import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { failure } from '../../shared/errors/errors.js';
import { COLUMNS, csvColumns, filteredSql, plainColumns, sortedSql } from '../../simulation/results/rows.js';
import { newApi } from '../api.js';
import type { ServerContext } from '../context.js';
import * as routes from './routes.js';

type Cell = string | number | boolean | null;
type PlainRow = Record<string, Cell>;

const MEDIA_TYPES = { csv: 'text/csv; charset=utf-8', parquet: 'application/vnd.apache.parquet' } as const;

export const rowHandlers = ({ results, logger }: ServerContext) =>
  newApi()
    .openapi(routes.getRows, async (context) => {
      const { id } = context.req.valid('param');
      const { sort, descending, offset, limit, ...filter } = context.req.valid('query');
      const stored = await results.findTables(id);
      const down = descending === 'true';
      const page = `${sortedSql(filter, sort, down, plainColumns(filter.table))}\nlimit ${limit} offset ${offset}`;
      const [rows, [counted]] = await Promise.all([
        results.rows(stored, page),
        results.rows(stored, filteredSql(filter, 'count(*) as total')),
      ]);
      const total = Number(counted?.['total'] ?? 0);
      return context.json(
        {
          simulation_id: id,
          table: filter.table,
          columns: [...COLUMNS[filter.table]],
          rows: rows as PlainRow[],
          total,
          offset,
          next_offset: offset + rows.length < total && rows.length > 0 ? offset + rows.length : null,
          sql: sortedSql(filter, sort, down),
        },
        200,
      );
    })
    .openapi(routes.downloadRows, async (context) => {
      const { id } = context.req.valid('param');
      const { format, ...filter } = context.req.valid('query');
      const stored = await results.findTables(id);
      const columns = format === 'csv' ? csvColumns(filter.table) : '*';
      const file = await results.copy(stored, sortedSql(filter, 'year', false, columns), format);
      const { size } = await stat(file);
      const stream = createReadStream(file);
      // Gone as soon as it is read or given up: what is open stays readable.
      stream.once('close', () => {
        rm(file, { force: true }).catch((error: unknown) => logger.warn({ err: error }, 'a download stays'));
      });
      return context.body(Readable.toWeb(stream) as ReadableStream, 200, {
        'Content-Type': MEDIA_TYPES[format],
        'Content-Length': String(size),
        'Content-Disposition': `attachment; filename="${filter.table}-${id.slice(0, 12)}.${format}"`,
      });
    })
    .openapi(routes.getTimeline, async (context) => {
      const { id, employee_id } = context.req.valid('param');
      const stored = await results.findTables(id);
      const of = (table: 'snapshot' | 'events') =>
        results.rows(stored, sortedSql({ table, employee_id }, 'year', false, plainColumns(table)));
      const [years, events] = await Promise.all([of('snapshot'), of('events')]);
      if (years.length === 0) throw failure('EMPLOYEE_UNKNOWN', { simulation: id });
      return context.json(
        { simulation_id: id, employee_id, years: years as PlainRow[], events: events as PlainRow[] },
        200,
      );
    })
    .openapi(routes.getSimulationLevers, async (context) => {
      const { id } = context.req.valid('param');
      const levers = await results.levers(await results.find(id));
      return context.json({ simulation_id: id, levers }, 200);
    });
