/** One API for each company of the home, made when it is first asked for: a run, a lever, a result is always somebody's. */
import { companyConfig } from '../../companies/company-config.js';
import type { Config } from '../../config.js';

/** What answers requests about one version of a company. */
export interface CompanyApp {
  fetch(request: Request, env: object): Response | Promise<Response>;
  /** Ends its streams and gives back what it holds. */
  close(): Promise<void>;
}

export type BuildApp = (config: Config) => Promise<CompanyApp>;

export class CompanyApps {
  readonly #own: Config;
  readonly #build: BuildApp;
  readonly #apps = new Map<string, Promise<CompanyApp>>();

  /** @param own of the company that requests without a name are about; its first version is not built here */
  constructor(own: Config, build: BuildApp) {
    this.#own = own;
    this.#build = build;
  }

  /**
   * What answers for the company; undefined: the server's own, for which the request came in the first place.
   * A company that got a new version gets a new app; streams of the old one go on until their readers leave.
   * @throws MeritloopError COMPANY_UNKNOWN, REQUEST_INVALID where it is no name
   */
  of(name: string | undefined): Promise<CompanyApp> | undefined {
    const { company } = this.#own;
    const config = companyConfig(this.#own, name ?? company.name);
    if (config.company.name === company.name && config.company.version === company.version) return undefined;
    const key = JSON.stringify([config.company.name, config.company.version]);
    let app = this.#apps.get(key);
    if (app === undefined) {
      app = this.#build(config);
      this.#apps.set(key, app);
      // The next request tries again.
      app.catch(() => this.#apps.delete(key));
    }
    return app;
  }

  async close(): Promise<void> {
    const apps = await Promise.allSettled(this.#apps.values());
    this.#apps.clear();
    for (const app of apps) if (app.status === 'fulfilled') await app.value.close();
  }
}
