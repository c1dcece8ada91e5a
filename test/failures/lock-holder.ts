/** Another program that holds a DuckDB database open for writing, as an analyst's tool does. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const HOLD = `
import duckdb, sys
connection = duckdb.connect(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
connection.close()
`;

export interface LockHolder {
  readonly pid: number;
  /** Ends when the program has closed the database and is gone. */
  letGo(): Promise<void>;
}

export async function holdDatabase(projectRoot: string, file: string): Promise<LockHolder> {
  const python = path.join(projectRoot, '.venv', 'bin', 'python');
  const child = spawn(python, ['-c', HOLD, file], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  if (child.pid === undefined) throw new Error('python did not start');
  const ended = once(child, 'close');
  return {
    pid: child.pid,
    async letGo() {
      child.stdin.end();
      await ended;
    },
  };
}
