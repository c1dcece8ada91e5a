/** Workers of all companies of a home: one each, those of companies that are added later too. */
import { readCompanies } from '../../companies/company-config.js';
import { rootConfig, type Config } from '../../config.js';
import type { Logger } from '../../shared/log.js';
import { startWorker, type RunningWorker } from './in-process-worker.js';

const LOOK_MS = 2000;

export interface CompanyWorkers {
  /** Rejects when any of them fails. */
  readonly stopped: Promise<never>;
  /** Resolves once somebody works for the company. */
  ensure(config: Config): Promise<void>;
  close(): Promise<void>;
}

/** @param own the company that somebody works for already */
export function startCompanyWorkers(own: Config, logger: Logger): CompanyWorkers {
  const workers = new Map<string, Promise<RunningWorker>>();
  let fail: (error: unknown) => void;
  const stopped = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // Whoever cares awaits it.
  stopped.catch(() => undefined);
  const ensure = async (config: Config): Promise<void> => {
    const { name } = config.company;
    if (name === own.company.name) return;
    let worker = workers.get(name);
    if (worker === undefined) {
      worker = startWorker(config, logger);
      workers.set(name, worker);
      worker.then(({ stopped: end }) => end.catch(fail)).catch(() => workers.delete(name));
    }
    await worker;
  };
  const look = async (): Promise<void> => {
    const companies = readCompanies(rootConfig(own));
    await leave(companies.map(({ company }) => company.name));
    for (const config of companies)
      await ensure(config).catch((error: unknown) =>
        logger.warn({ err: error, company: config.company.name }, 'nobody works for this company yet'),
      );
  };
  /** A company that was removed has no work any more. */
  const leave = async (there: readonly string[]): Promise<void> => {
    for (const [name, worker] of workers) {
      if (there.includes(name)) continue;
      workers.delete(name);
      await worker
        .then((running) => running.close())
        .catch((error: unknown) =>
          logger.warn({ err: error, company: name }, 'the worker of a removed company has failed'),
        );
    }
  };
  let looking = look();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, LOOK_MS);
  return {
    stopped,
    ensure,
    async close() {
      clearInterval(timer);
      await looking;
      const started = await Promise.allSettled(workers.values());
      for (const worker of started) if (worker.status === 'fulfilled') await worker.value.close();
    },
  };
}
