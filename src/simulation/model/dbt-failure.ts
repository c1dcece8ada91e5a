/** Reads how a dbt subprocess ended and keeps the part that says what went wrong, and in which model and line. */
import path from 'node:path';
import { failure, type MeritloopError } from '../../shared/errors/errors.js';
import { environmentFailureIn } from '../../shared/errors/explain.js';

export interface DbtEnd {
  /** Everything that dbt wrote on both streams. */
  readonly output: string;
  /** The signal that ended it. */
  readonly signal?: string | undefined;
  /** Seconds after which it was given up; undefined when it ended by itself. */
  readonly givenUpAfter?: number | undefined;
}

const NOISE =
  /^\s*(\d\d:\d\d:\d\d)?\s*(Running with dbt|Registered adapter|Found |Concurrency|Unable to do partial|Done\.|$)/;

const IN_NODE =
  /(?:Compilation|Runtime|Database|Parsing) Error in (?:model|seed|analysis|test|macro|sql_operation|rpc) (\S+) \(([^)]+)\)/;
const MISSING_NODE = /(?:Model|Test|Analysis) '(\S+)' \(([^)]+)\) (depends on .*)/;
const IN_FILE = /Error reading \S+: (\S+)/;
const SOURCE_LINE = /\bline (\d+)\b/;
/** DuckDB counts the lines of the SQL that it is given. */
const SQL_LINE = /^\s*LINE (\d+):/m;

/** @param step the dbt command, e.g. `compile`. */
export function explainDbtFailure(step: string, { output, signal, givenUpAfter }: DbtEnd): MeritloopError {
  if (givenUpAfter !== undefined)
    return failure('TIMED_OUT', { what: `dbt ${step}`, limit: `no progress for ${givenUpAfter} s` });
  const lines = linesOf(output);
  const text = lines.join('\n');
  const explained = environmentFailureIn(text, `dbt ${step}`);
  if (explained !== undefined) return explained;
  if (signal !== undefined) return failure('DBT_KILLED', { step, signal });
  return invalidModel(text) ?? failure('DBT_FAILED', { step, detail: telling(lines) });
}

/** Undefined when the words name no model. */
function invalidModel(text: string): MeritloopError | undefined {
  const missing = MISSING_NODE.exec(text);
  if (missing !== null) {
    const [, id = '', file = '', detail = ''] = missing;
    return invalid(id.split('.').at(-1) ?? id, file, null, false, detail);
  }
  const inNode = IN_NODE.exec(text);
  if (inNode !== null) {
    const [whole, model = '', file = ''] = inNode;
    const after = text.slice(inNode.index + whole.length);
    const sqlLine = SQL_LINE.exec(after)?.[1];
    const line = sqlLine ?? SOURCE_LINE.exec(after)?.[1];
    return invalid(model, file, line, sqlLine !== undefined, firstWords(after));
  }
  const inFile = IN_FILE.exec(text);
  if (inFile === null) return undefined;
  const [whole, file = ''] = inFile;
  const after = text.slice(inFile.index + whole.length);
  return invalid(path.basename(file), file, SOURCE_LINE.exec(after)?.[1], false, firstWords(after));
}

const invalid = (
  model: string,
  file: string,
  line: string | null | undefined,
  compiled: boolean,
  detail: string,
): MeritloopError =>
  failure('MODEL_INVALID', {
    model,
    file: path.posix.join('dbt', file),
    line: line == null ? null : Number(line),
    compiled,
    detail,
  });

/** What follows the heading, up to where dbt repeats the source or points to more. */
function firstWords(text: string): string {
  const words = text
    .split('\n')
    .map((line) => line.trim())
    .filter(
      (line) => line !== '' && !/^(line \d+|LINE \d+:|\^|> in macro|called by|compiled code at)/.test(line),
    );
  return (words[0] ?? 'no reason given').replace(/^- /, '').slice(0, 400);
}

function linesOf(output: string): string[] {
  return output
    .split('\n')
    .map((line) =>
      line
        .replaceAll(/\u001B\[[0-9;]*m/g, '')
        .replace(/^\d\d:\d\d:\d\d\s*/, '')
        .trimEnd(),
    )
    .filter((line) => !NOISE.test(line));
}

function telling(lines: readonly string[]): string {
  const start = Math.max(
    0,
    lines.findIndex((line) => /Error|error|Failure/.test(line)),
  );
  const words = lines
    .slice(start, start + 6)
    .join(' ')
    .slice(0, 800);
  return words === '' ? 'it said nothing' : words;
}
