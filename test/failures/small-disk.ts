/** A real file system of a few megabytes, where the system lets one be mounted. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';

export interface SmallDisk {
  readonly folder: string;
  /** Fills it but for so many kilobytes. */
  fill(leave: number): Promise<void>;
  /** Takes the ballast away again. */
  empty(): Promise<void>;
  unmount(): Promise<void>;
}

/** Undefined where mounting is not allowed. */
export async function mountSmallDisk(megabytes: number): Promise<SmallDisk | undefined> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'meritloop-disk-'));
  const mounted = await execa('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], {
    reject: false,
  });
  if (mounted.failed) {
    await rm(folder, { recursive: true });
    return undefined;
  }
  const ballast = path.join(folder, 'ballast');
  return {
    folder,
    async fill(leave) {
      const { stdout } = await execa('df', ['--output=avail', '-k', folder]);
      const free = Number(stdout.split('\n')[1]);
      await writeFile(ballast, Buffer.alloc((free - leave) * 1024));
    },
    empty: () => rm(ballast, { force: true }),
    async unmount() {
      await execa('umount', [folder]);
      await rm(folder, { recursive: true });
    },
  };
}

/** `describe` where a disk can be mounted; elsewhere what is left out says what it needs. */
export async function describeOnSmallDisk(): Promise<(name: string, body: () => void) => void> {
  const disk = await mountSmallDisk(1);
  await disk?.unmount();
  return disk === undefined
    ? (name, body) => describe.skip(`${name} (left out: mounting a tmpfs needs root)`, body)
    : (name, body) => describe(name, body);
}
