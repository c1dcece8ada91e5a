/** The API's answers, as types of the contract's schemas; nothing of the schemas is loaded. */
import type { z } from 'zod';
import type * as assets from '../../../src/server/assets/assets.contract.js';
import type * as companies from '../../../src/server/companies/companies.contract.js';
import type * as common from '../../../src/server/common.contract.js';
import type * as grids from '../../../src/server/grids/grids.contract.js';
import type * as impact from '../../../src/impact/impact.contract.js';
import type * as levers from '../../../src/server/levers/levers.contract.js';
import type * as bridges from '../../../src/server/results/bridges.contract.js';
import type * as results from '../../../src/server/results/results.contract.js';
import type * as runs from '../../../src/server/runs/runs.contract.js';
import type * as simulations from '../../../src/server/simulations/simulations.contract.js';
import type * as system from '../../../src/server/system/system.contract.js';

export type Problem = z.infer<typeof common.problem>;
export type LeverConflict = z.infer<typeof common.leverConflict>;

export type CompanyList = z.infer<typeof companies.companyList>;

export type LeverGrid = z.infer<typeof levers.leverGrid>;
export type LeverGridRow = LeverGrid['levers'][number];
export type DraftVerdict = z.infer<typeof levers.draftVerdict>;
export type LeverMoved = z.infer<typeof levers.leverMoved>;
export type ScenarioList = z.infer<typeof levers.scenarioList>;
export type LeverHistory = z.infer<typeof levers.leverHistory>;
export type CellHistory = z.infer<typeof levers.cellHistory>;
export type ImportVerdict = z.infer<typeof levers.importVerdict>;

export type RunStart = z.input<typeof runs.runStart>;
export type StartedRun = z.infer<typeof runs.startedRun>;
export type RunDetails = z.infer<typeof runs.runDetails>;
export type RunList = z.infer<typeof runs.runList>;
export type RunListing = RunList['runs'][number];
export type RunMarks = z.infer<typeof runs.runMarks>;
export type RunReport = z.infer<typeof runs.report>;
export type OptimizationResult = NonNullable<RunDetails['result']>;

export type GridList = z.infer<typeof grids.gridList>;

export type SimulationJob = z.infer<typeof simulations.simulationJob>;
export type SimulationPlan = z.infer<typeof simulations.simulationPlan>;
export type StartedJob = z.infer<typeof simulations.startedJob>;
export type SimulationList = z.infer<typeof simulations.simulationList>;
export type SimulationListing = SimulationList['simulations'][number];
export type RunsOfSimulation = z.infer<typeof simulations.runsOfSimulation>;
export type SimulationDetails = z.infer<typeof simulations.simulationDetails>;

export type Results = z.infer<typeof results.results>;
export type HeadcountBridge = z.infer<typeof bridges.headcountBridge>;
export type PayBridge = z.infer<typeof bridges.payBridge>;
export type Distribution = z.infer<typeof results.distribution>;
export type TableRows = z.infer<typeof results.tableRows>;
export type Comparison = z.infer<typeof results.comparison>;
export type Definitions = z.infer<typeof results.definitions>;
export type Timeline = z.infer<typeof results.timeline>;

export type Settings = z.infer<typeof system.settings>;
export type Session = z.infer<typeof system.session>;
export type Readiness = z.infer<typeof system.readiness>;

export type ImpactReport = z.infer<typeof impact.impactReport>;

export type AssetGraph = z.infer<typeof assets.assetGraph>;
export type AssetPlan = z.infer<typeof assets.assetPlan>;
export type AssetChecks = z.infer<typeof assets.assetChecks>;
export type AssetHistory = z.infer<typeof assets.assetHistory>;
export type AssetView = AssetGraph['assets'][number];
export type StartedMaterialization = z.infer<typeof assets.startedMaterialization>;
export type MaterializationState = z.infer<typeof assets.materializationState>;
