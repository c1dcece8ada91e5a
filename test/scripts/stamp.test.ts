/** Stamps: what changes a fingerprint, and when a stamp counts. */
import { rm, utimes } from 'node:fs/promises';
import path from 'node:path';
import { fingerprint, isStamped, writeStamp } from '../../scripts/set-up/stamp.js';
import { inFolder, writeFiles } from './helpers/project.js';

test('a fingerprint depends on contents and facts, not on times', () =>
  inFolder(async (folder) => {
    const file = path.join(folder, 'lock');
    await writeFiles(folder, { lock: 'one' });
    const before = fingerprint([file], ['linux']);
    await utimes(file, new Date(0), new Date(0));
    expect(fingerprint([file], ['linux'])).toBe(before);
    expect(fingerprint([file], ['darwin'])).not.toBe(before);
    await writeFiles(folder, { lock: 'two' });
    expect(fingerprint([file], ['linux'])).not.toBe(before);
  }));

test('where one file ends and the next begins counts', () =>
  inFolder(async (folder) => {
    await writeFiles(folder, { a: 'xy', b: 'z', c: 'x', d: 'yz' });
    const at = (...names: string[]): string[] => names.map((name) => path.join(folder, name));
    expect(fingerprint(at('a', 'b'))).not.toBe(fingerprint(at('c', 'd')));
  }));

test('a stamp counts when it is there and equal', () =>
  inFolder(async (folder) => {
    const stamp = path.join(folder, 'stamp');
    expect(isStamped(stamp, 'abc')).toBe(false);
    writeStamp(stamp, 'abc');
    expect(isStamped(stamp, 'abc')).toBe(true);
    expect(isStamped(stamp, 'abd')).toBe(false);
    await rm(stamp);
    expect(isStamped(stamp, 'abc')).toBe(false);
  }));
