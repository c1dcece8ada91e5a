/** How a text file is laid out: what separates its fields, and on which line its header stands. */
import { parse } from 'csv-parse/sync';
import { HEADINGS, plainHeading } from './headings.terms.js';

export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

export interface Layout {
  readonly delimiter: Delimiter;
  /** Physical lines above the header. */
  readonly skip: number;
  readonly names: readonly string[];
  /** What stands above the header. */
  readonly above: readonly string[];
}

/** A header is looked for among so many records. */
const LOOKED_AT = 60;
const KNOWN: ReadonlySet<string> = new Set(Object.values(HEADINGS).flat());

interface FoundRecord {
  readonly cells: readonly string[];
  /** Physical line that it begins on, from 1. */
  readonly line: number;
}

/**
 * @param head the beginning of the file, whole lines
 * @param given what somebody said of it
 */
export function layoutOf(head: string, given: { readonly skip?: number | undefined } = {}): Layout {
  const tried = DELIMITERS.map((delimiter) => {
    const records = recordsOf(head, delimiter);
    const header = given.skip === undefined ? headerOf(records) : afterLine(records, given.skip);
    return { delimiter, records, header, score: header === undefined ? 0 : scoreOf(header.cells) };
  });
  const best = tried.reduce((one, other) => (other.score > one.score ? other : one));
  const { delimiter, records, header } = best;
  if (header === undefined) return { delimiter, skip: 0, names: [], above: [] };
  return {
    delimiter,
    skip: header.line - 1,
    names: header.cells.map((name) => name.trim()),
    above: records
      .filter(({ line }) => line < header.line)
      .map(({ cells }) => cells.join(' ').trim())
      .filter((text) => text !== ''),
  };
}

/** Known headings count most; then how many fields there are. */
const scoreOf = (cells: readonly string[]): number => knownIn(cells) * 1000 + cells.length;

const knownIn = (cells: readonly string[]): number =>
  cells.filter((cell) => KNOWN.has(plainHeading(cell))).length;

/** The record with the most known headings; the first of those that have as many. */
function headerOf(records: readonly FoundRecord[]): FoundRecord | undefined {
  const [first] = records;
  const best = records.reduce<FoundRecord | undefined>(
    (found, record) =>
      knownIn(record.cells) > (found === undefined ? 0 : knownIn(found.cells)) ? record : found,
    undefined,
  );
  return best ?? first;
}

const afterLine = (records: readonly FoundRecord[], skip: number): FoundRecord | undefined =>
  records.find(({ line }) => line > skip);

function recordsOf(head: string, delimiter: Delimiter): FoundRecord[] {
  const parsed = parse(head, {
    delimiter,
    bom: true,
    to: LOOKED_AT,
    relax_column_count: true,
    relax_quotes: true,
    skip_records_with_error: true,
    skip_empty_lines: false,
    info: true,
    record_delimiter: ['\r\n', '\n', '\r'],
  }) as unknown as readonly {
    readonly record: readonly string[];
    readonly info: { readonly lines: number };
  }[];
  return parsed
    .map(({ record, info }) => ({
      cells: record,
      // A record with line breaks in quotes ends on a later line than it begins on.
      line: info.lines - record.join('').split('\n').length + 1,
    }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
}
