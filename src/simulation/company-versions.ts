/** One simulator for each version of a company: a run in flight keeps the settings with which it began. */
import { ofVersion } from '../companies/company-config.js';
import type { Config } from '../config.js';
import type { SimulationSpec, Simulator } from './simulator.js';

/** The configuration under which that simulation runs. */
export const configOf = (config: Config, { company_version: version }: SimulationSpec): Config =>
  version === undefined || version === config.company.version ? config : ofVersion(config, version);

/** What a simulation's specification names decides whose settings hold; without a version those of `config` do. */
export function byCompanyVersion(config: Config, create: (of: Config) => Simulator): Simulator {
  const own = create(config);
  const versions = new Map<number, Simulator>();
  const of = (spec: SimulationSpec): Simulator => {
    const { company_version: version } = spec;
    if (version === undefined || version === config.company.version) return own;
    const known = versions.get(version);
    if (known !== undefined) return known;
    const made = create(configOf(config, spec));
    versions.set(version, made);
    return made;
  };
  return {
    simulate: (spec, options) => of(spec).simulate(spec, options),
    load: (id) => own.load(id),
    resolveLevers: (spec) => of(spec).resolveLevers(spec),
    sensitivities: (spec) => of(spec).sensitivities(spec),
    modelVersions: (spec) => of(spec).modelVersions(spec),
    measureTargets: (spec, targets) => of(spec).measureTargets(spec, targets),
    checkAgain: (spec) => of(spec).checkAgain(spec),
    async close() {
      await Promise.all([own, ...versions.values()].map((simulator) => simulator.close()));
    },
  };
}
