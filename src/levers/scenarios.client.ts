/** Scenarios as other programs hold them: on the home's files, without the server. */
import type { Config } from '../config.js';
import {
  cloneScenario,
  compareScenarios,
  listScenarios,
  promoteScenario,
  type Cloned,
  type Cloning,
  type Comparison,
  type ListedScenario,
  type Promoted,
  type Promotion,
} from './own-scenarios.js';

export interface Scenarios {
  list(): Promise<ListedScenario[]>;
  /** @throws SCENARIO_UNKNOWN, SCENARIO_EXISTS, REQUEST_INVALID */
  clone(cloning: Cloning): Promise<Cloned>;
  /** The levers that differ, once inheritance is resolved. @throws SCENARIO_UNKNOWN */
  compare(from: string, to: string): Promise<Comparison>;
  /** Gives the target the source's levers. @throws OWN_CHANGE, SCENARIO_UNKNOWN, LEVER_LOCKED, LEVERS_MOVED */
  promote(promotion: Promotion): Promise<Promoted>;
}

export const createScenarios = (config: Config): Scenarios => ({
  list: () => listScenarios(config),
  clone: (cloning) => cloneScenario(config, cloning),
  compare: (from, to) => compareScenarios(config, from, to),
  promote: (promotion) => promoteScenario(config, promotion),
});
