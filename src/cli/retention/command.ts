/** `gc`: removes what the home can make again or nothing refers to, and old events of the catalog. */
import { existsSync } from 'node:fs';
import { createCatalog } from '../../assets/catalog/catalog.js';
import { collect } from '../../retention/collect.js';
import type { CliContext, Handler } from '../context.js';
import { refusedOption } from '../option-values.js';
import { bytes, count } from '../render/number.js';
import { left, renderTable, right } from '../render/table.js';
import { own } from '../../shared/own.terms.js';

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000 };
/** Below, what a run at this moment takes up could go. */
const LOWEST_MS = 3_600_000;
const HIGHEST_MS = 3650 * 86_400_000;

export const gc: Handler = async (context, { options }) => {
  const { config, output } = context;
  const olderThanMs = readAge(options['olderThan']);
  const dryRun = options['dryRun'] === true;
  const now = Date.now();
  const removed = await collect(config.home, { olderThanMs, dryRun, now });
  const events = dryRun ? 0 : await purgeEvents(context, new Date(now - olderThanMs));
  const total = removed.reduce((sum, item) => sum + item.bytes, 0);
  const document = {
    home: config.home,
    dry_run: dryRun,
    older_than_hours: olderThanMs / 3_600_000,
    removed: removed.map((item) => ({
      kind: item.kind,
      path: item.path,
      bytes: item.bytes,
      reason: item.reason,
    })),
    bytes: total,
    events,
  };
  output.show(document, (style) => {
    const said = dryRun ? 'would be removed' : 'removed';
    const purged = events === 0 ? [] : [`${count(events)} old events removed from the catalog.`];
    if (removed.length === 0) return [`Nothing ${said} from ${config.home}.`, ...purged].join('\n');
    const rows = removed.map((item) => [item.kind, item.path, bytes(item.bytes), item.reason]);
    return [
      renderTable([left('what'), left('path'), right('size'), left('why')], rows, style),
      '',
      `${count(removed.length)} ${said} from ${config.home}: ${bytes(total)}.`,
      ...purged,
    ].join('\n');
  });
  return 0;
};

/** The latest state of every asset stays. A home that never had a catalog does not get one. */
async function purgeEvents({ config, logger }: CliContext, before: Date): Promise<number> {
  const catalog = createCatalog(config, logger);
  try {
    if (catalog.kind === 'sqlite' && !existsSync(catalog.place)) return 0;
    return await catalog.purge(before.toISOString());
  } finally {
    await catalog.close();
  }
}

/** @throws MeritloopError REQUEST_INVALID */
function readAge(text: unknown): number {
  const [, number, unit] = /^(\d{1,6})([hd])$/.exec(typeof text === 'string' ? text.trim() : '') ?? [];
  const age = Number(number) * (own(UNITS, unit ?? '') ?? Number.NaN);
  if (age >= LOWEST_MS && age <= HIGHEST_MS) return age;
  throw refusedOption('--older-than', text, 'must be hours or days such as 12h or 30d, from 1h to 3650d');
}
