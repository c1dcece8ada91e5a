/** The versions of companies: immutable folders, and a pointer that moves by compare-and-swap. */
import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../config.js';
import { companyPointer, companyVersion, SAMPLE, type CompanyVersion } from './company.contract.js';
import { companyPaths, listingFolder, versionFiles, versionFolder } from './company-paths.js';
import { failure } from '../shared/errors/errors.js';
import { listFolders, readText, writeWhole } from '../shared/files/durable.js';
import { withLock } from '../shared/files/exclusive-lock.js';
import { inspectFolder, sealFolder } from '../shared/files/sealed-folder.js';
import { damagedFile, parseStored, withSeal } from '../shared/files/stored-json.js';

/** A version before it has its number. */
export type VersionDraft = Omit<CompanyVersion, 'version' | 'company'>;

export interface Publication {
  readonly draft: VersionDraft;
  /** The version that the caller saw; 0: the company is new. */
  readonly expected: number;
  /** Puts census, settings and seeds into the new version's folder. */
  readonly fill: (folder: string) => Promise<void>;
}

export class CompanyStore {
  readonly #root: string;

  /** @param root the home that all companies stand in */
  constructor(root: string) {
    this.#root = root;
  }

  /** Names of the companies beside the sample, in order. */
  async names(): Promise<string[]> {
    const folders = (await listFolders(listingFolder(this.#root))).toSorted();
    const versions = await Promise.all(folders.map((name) => this.#pointer(name)));
    return folders.filter((_, index) => versions[index] !== 0);
  }

  /** The version in use. @throws MeritloopError COMPANY_UNKNOWN, STORED_FILE_DAMAGED */
  async current(name: string): Promise<CompanyVersion> {
    const version = await this.#pointer(name);
    if (version === 0) throw await this.#unknown(name);
    return this.version(name, version);
  }

  /** @throws MeritloopError COMPANY_UNKNOWN, COMPANY_VERSION_UNKNOWN, STORED_FILE_DAMAGED */
  async version(name: string, version: number): Promise<CompanyVersion> {
    const folder = versionFolder(this.#root, name, version);
    const { record } = versionFiles(folder);
    const text = await readText(record);
    if (text === null) {
      const latest = await this.latest(name);
      if (latest === 0) throw await this.#unknown(name);
      throw failure('COMPANY_VERSION_UNKNOWN', { company: name, version: String(version), latest });
    }
    await requireWhole(folder);
    return parseStored(record, text, (value) => companyVersion.parse(value));
  }

  /** Every version, oldest first. */
  async history(name: string): Promise<CompanyVersion[]> {
    const latest = await this.latest(name);
    if (latest === 0) throw await this.#unknown(name);
    const numbers = Array.from({ length: latest }, (_, index) => index + 1);
    return Promise.all(numbers.map((version) => this.version(name, version)));
  }

  /** The highest number given away; 0 where there is no such company. */
  async latest(name: string): Promise<number> {
    const folders = await listFolders(companyPaths(this.#root, name).versions);
    return Math.max(0, ...folders.filter((folder) => /^\d+$/.test(folder)).map(Number));
  }

  /**
   * Stores a version and makes it the one in use. A version whose pointer was not moved, because its maker was killed in
   * between, keeps its number and is never in use.
   * @throws MeritloopError COMPANY_MOVED naming who moved it since `expected`, LOCK_HELD
   */
  async publish(name: string, { draft, expected, fill }: Publication): Promise<CompanyVersion> {
    const { versions, lock, pointer } = companyPaths(this.#root, name);
    const partial = path.join(versions, `.partial-${randomUUID()}`);
    await mkdir(partial, { recursive: true });
    try {
      await fill(partial);
      return await withLock(lock, async () => {
        await this.#expect(name, expected);
        const made = companyVersion.parse({
          ...draft,
          company: name,
          version: (await this.latest(name)) + 1,
        });
        await writeWhole(versionFiles(partial).record, `${JSON.stringify(withSeal(made), null, 2)}\n`);
        await sealFolder(versionFiles(partial).seeds);
        await sealFolder(partial);
        await rename(partial, versionFolder(this.#root, name, made.version));
        await writeWhole(pointer, `${JSON.stringify({ version: made.version })}\n`);
        return made;
      });
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
  }

  /** Removes the company with everything in it; set aside first, so that it is there whole or not at all. */
  async remove(name: string): Promise<void> {
    await this.current(name);
    const aside = path.join(listingFolder(this.#root), `.removed-${randomUUID()}`);
    await rename(companyPaths(this.#root, name).home, aside);
    await rm(aside, { recursive: true, force: true });
  }

  async #expect(name: string, expected: number): Promise<void> {
    const found = await this.#pointer(name);
    if (found === expected) return;
    if (found === 0) throw await this.#unknown(name);
    const { by, at, reason } = await this.version(name, found);
    throw failure('COMPANY_MOVED', { company: name, expected, found, by, at, reason });
  }

  async #pointer(name: string): Promise<number> {
    const { pointer } = companyPaths(this.#root, name);
    const text = await readText(pointer);
    return text === null ? 0 : parseStored(pointer, text, (value) => companyPointer.parse(value)).version;
  }

  async #unknown(company: string) {
    return failure('COMPANY_UNKNOWN', { company, known: [SAMPLE, ...(await this.names())] });
  }
}

/**
 * Compares every file of the version that a plan is about to be made with, with its seal.
 * @throws MeritloopError STORED_FILE_DAMAGED naming the file
 */
export async function requireWholeCompany({ company, within }: Config): Promise<void> {
  if (within === undefined || company.version === undefined) return;
  await requireWhole(versionFolder(within.home, company.name, company.version));
}

/** The seeds stand in a folder of their own, under a seal of their own. */
async function requireWhole(version: string): Promise<void> {
  for (const folder of [version, versionFiles(version).seeds]) {
    const { damage } = await inspectFolder(folder);
    if (damage !== undefined) throw damagedFile(damage.path, damage.detail, null);
  }
}
