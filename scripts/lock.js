/** A lock file between processes: the holder renews it, and a lock that nobody renews is taken over. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const RENEW_MS = 2_000;
const DEAD_AFTER_MS = 20_000;
const POLL_MS = 100;
/** Two waiters may take over the same dead lock: after this pause the later one alone finds its own token in it. */
const SETTLE_MS = 200;

/**
 * Runs `work` while holding `file`, after waiting for whoever holds it.
 * @template T
 * @param {string} file
 * @param {(holder: number) => void} onWait called once with the pid of the holder, if there is one to wait for
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, onWait, work) {
  const token = `${process.pid} ${randomUUID()}`;
  mkdirSync(path.dirname(file), { recursive: true });
  let told = false;
  while (!(await acquire(file, token))) {
    if (!told) onWait(holderOf(file)?.pid ?? 0);
    told = true;
    await sleep(POLL_MS);
  }
  const release = () => {
    if (holderOf(file)?.token === token) rmSync(file, { force: true });
  };
  const renewal = setInterval(() => {
    if (holderOf(file)?.token === token) utimesSync(file, new Date(), new Date());
  }, RENEW_MS);
  renewal.unref();
  process.once('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    process.off('exit', release);
    release();
  }
}

/**
 * @param {string} file
 * @param {string} token
 */
async function acquire(file, token) {
  try {
    writeFileSync(file, token, { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
  }
  const holder = holderOf(file);
  if (holder === undefined || isAlive(holder)) return false;
  const claim = `${file}.${process.pid}`;
  writeFileSync(claim, token);
  renameSync(claim, file);
  await sleep(SETTLE_MS);
  return holderOf(file)?.token === token;
}

/**
 * @param {string} file
 * @returns {{ token: string, pid: number, renewedAt: number } | undefined} undefined when nobody holds it
 */
function holderOf(file) {
  try {
    const token = readFileSync(file, 'utf8');
    return { token, pid: Number.parseInt(token, 10), renewedAt: statSync(file).mtimeMs };
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** @param {{ pid: number, renewedAt: number }} holder */
function isAlive({ pid, renewedAt }) {
  if (Date.now() - renewedAt > DEAD_AFTER_MS) return false;
  // Created and not yet written: its owner is at it.
  if (Number.isNaN(pid)) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
