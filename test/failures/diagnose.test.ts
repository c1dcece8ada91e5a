/** Each fault of the surroundings is known by its words or its code, as the real tools write them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { diagnose } from '../../src/shared/errors/diagnose.js';
import { environmentFailure, wholeOf } from '../../src/shared/errors/explain.js';
import { Database, literal } from '../../src/simulation/engine/database.js';
import { explainDbtFailure } from '../../src/simulation/model/dbt-failure.js';

test.each([
  [
    'IO Error: Could not set lock on file "/h/s.duckdb": Conflicting lock is held in /usr/bin/python3.11 (PID 4711) by user ann. See also https://duckdb.org/docs/stable/connect/concurrency',
    { code: 'DATABASE_LOCKED', path: '/h/s.duckdb', pid: 4711, program: 'python3.11' },
  ],
  [
    'IO Error: Could not set lock on file "/h/s.duckdb": Conflicting lock is held in PID 12.',
    { code: 'DATABASE_LOCKED', path: '/h/s.duckdb', pid: 12, program: null },
  ],
  [
    'IO Error: Could not set lock on file "/h/s.duckdb": Resource temporarily unavailable',
    { code: 'DATABASE_LOCKED', path: '/h/s.duckdb', pid: null, program: null },
  ],
  [
    "Out of Memory Error: failed to offload data block of size 256.0 KiB (1.0 GiB/1.0 GiB used).\nThis limit was set by the 'max_temp_directory_size' setting.",
    { code: 'DISK_FULL', path: null },
  ],
  [
    "OSError: [Errno 28] No space left on device: '/h/tmp/manifest.json'",
    { code: 'DISK_FULL', path: '/h/tmp/manifest.json' },
  ],
  ['Out of Memory Error: could not allocate block of size 256.0 KiB', { code: 'OUT_OF_MEMORY' }],
  ['MemoryError', { code: 'OUT_OF_MEMORY' }],
  ['std::bad_alloc', { code: 'OUT_OF_MEMORY' }],
  ['PermissionError: [Errno 13] Permission denied', { code: 'FILE_SYSTEM', path: null }],
  [
    "Invalid Input Error: No magic bytes found at end of file '/h/c.parquet'",
    { code: 'STORED_FILE_DAMAGED', path: '/h/c.parquet' },
  ],
  [
    "Invalid Input Error: File '/h/c.parquet' too small to be a Parquet file",
    { code: 'STORED_FILE_DAMAGED', path: '/h/c.parquet' },
  ],
  ['Binder Error: Referenced column "x" not found in FROM clause!', undefined],
  ['Constraint Error: Duplicate key', undefined],
])('%s', (message, expected) => {
  expect(diagnose({ message })).toEqual(expected);
});

test.each([
  ['ENOSPC', 'DISK_FULL'],
  ['EDQUOT', 'DISK_FULL'],
  ['EACCES', 'FILE_SYSTEM'],
  ['EROFS', 'FILE_SYSTEM'],
  ['EMFILE', 'FILE_SYSTEM'],
  ['ENOMEM', 'OUT_OF_MEMORY'],
  ['ENOENT', undefined],
])('a system error %s is %s', (code, expected) => {
  expect(diagnose({ code, message: 'write', path: '/h/f' })?.code).toBe(expected);
});

test.each([
  [
    '/h/simulations/0123456789abcdef0123456789abcdef/fct_yearly_events.parquet',
    '/h/simulations/0123456789abcdef0123456789abcdef',
  ],
  [
    '/h/checkpoints/0123456789abcdef0123456789abcdef.parquet',
    '/h/checkpoints/0123456789abcdef0123456789abcdef.parquet',
  ],
])('%s is made again by removing %s', (file, whole) => {
  expect(wholeOf(file)).toBe(whole);
});

const COMPILATION = `
19:01:02  Running with dbt=1.11.2
19:01:04  Encountered an error:
Compilation Error in model int_hires (models/intermediate/flow/int_hires.sql)
  unexpected '}'
    line 12
      {{ ref('x' }}`;
const DEPENDS = `
Compilation Error
  Model 'model.meritloop.int_hires' (models/intermediate/flow/int_hires.sql) depends on a node named 'gone' which was not found`;
const RUNTIME = `
Traceback (most recent call last):
RuntimeError: int_hires: Runtime Error in model int_hires (models/intermediate/flow/int_hires.sql)
  Parser Error: syntax error at or near "selct"

  LINE 7: selct
          ^`;
const YAML = `
Parsing Error
  Error reading meritloop: marts/fct_yearly_events.yml - Runtime Error
    Syntax error near line 9`;
const HIRES = { model: 'int_hires', file: 'dbt/models/intermediate/flow/int_hires.sql' };

test.each([
  ['Jinja', { output: COMPILATION }, 'MODEL_INVALID', { ...HIRES, line: 12, detail: "unexpected '}'" }],
  ['a missing model', { output: DEPENDS }, 'MODEL_INVALID', { ...HIRES, line: null }],
  ['SQL', { output: RUNTIME }, 'MODEL_INVALID', { ...HIRES, line: 7, compiled: true }],
  ['YAML', { output: YAML }, 'MODEL_INVALID', { model: 'fct_yearly_events.yml', line: 9 }],
  ['a full disk', { output: 'OSError: [Errno 28] No space left on device' }, 'DISK_FULL', {}],
  [
    'no memory',
    { output: 'x: Runtime Error\n  Out of Memory Error: could not allocate' },
    'OUT_OF_MEMORY',
    {},
  ],
  ['a kill', { output: '', signal: 'SIGKILL' }, 'DBT_KILLED', { signal: 'SIGKILL' }],
  [
    'silence',
    { output: '', signal: 'SIGTERM', givenUpAfter: 9 },
    'TIMED_OUT',
    { limit: 'no progress for 9 s' },
  ],
  ['anything else', { output: 'Error: no profile' }, 'DBT_FAILED', { detail: 'Error: no profile' }],
])('what dbt says of %s', (_, end, code, fields) => {
  expect(explainDbtFailure('run', end)).toMatchObject({ code, fields });
});

describe('the tools themselves say so', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'meritloop-diagnose-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const duckdb = async (sql: string, memoryLimit?: string) => {
    const database = await Database.open(':memory:', {
      spillFolder: path.join(folder, 'spill'),
      memoryLimit,
    });
    try {
      await database.run(sql);
    } finally {
      await database.close();
    }
  };

  const caught = async (work: Promise<unknown>) => {
    const error: unknown = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return environmentFailure(error, 'the test');
  };

  test('Node, of a full disk', async () => {
    expect(await caught(writeFile('/dev/full', 'x'))).toMatchObject({ code: 'DISK_FULL' });
  });

  test('DuckDB, of too little memory', async () => {
    const sql =
      "set temp_directory = ''; create table t as select range as a, md5(range::varchar) from range(5000000)";
    expect(await caught(duckdb(sql, '20MB'))).toMatchObject({ code: 'OUT_OF_MEMORY' });
  });

  test.each([
    ['truncated', Buffer.from('PAR1 the rest is missing, and so is the footer')],
    ['of another kind', Buffer.from('employee_id,birth_date,hire_date\n')],
    ['empty', Buffer.alloc(0)],
    [
      'with a footer that points outside',
      Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(20, 255), Buffer.from('PAR1')]),
    ],
  ])('DuckDB, of a Parquet file that is %s', async (_, content) => {
    const file = path.join(folder, 'damaged.parquet');
    await writeFile(file, content);
    const error = await caught(duckdb(`from read_parquet(${literal(file)})`));
    expect(error).toMatchObject({ code: 'STORED_FILE_DAMAGED', fields: { path: file, remove: file } });
    expect(error?.hint).toContain(`rm -r ${file}`);
  });
});
