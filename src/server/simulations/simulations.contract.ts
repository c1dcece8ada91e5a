/** Requests and responses of simulations: jobs that make them, and the stored ones. */
import { z } from 'zod';
import { modelStep } from '../../simulation/model-step.contract.js';
import { provenance } from '../../simulation/provenance.contract.js';
import { simulationRequest, STATUSES } from '../../runs/request.contract.js';
import { decomposition, simulatedYear, simulationSummary } from '../../simulation/simulation.contract.js';
import { defaultNumberQuery, FINGERPRINT_64 } from '../common.contract.js';
import { draftChanges } from '../levers/levers.contract.js';

export const simulationParam = z.object({
  id: z
    .string()
    .regex(/^[0-9a-f]{32}$/, 'must be 32 hexadecimal digits')
    .describe('Simulation.'),
});

/** Inputs are named by fingerprint, so that no path comes from a request. */
export const simulationStart = z
  .strictObject({
    ...simulationRequest.pick({ scenario: true, years: true, seed: true, engine: true }).shape,
    census: FINGERPRINT_64.optional().describe('An uploaded census; default: the sample company.'),
    lever_set: FINGERPRINT_64.optional().describe("A stored set; default: the scenario's current one."),
    changes: draftChanges
      .optional()
      .describe('A draft: stored as a set of its own for this simulation, never made current.'),
  })
  .meta({ id: 'SimulationStart' });

export const simulationPlan = z
  .object({
    like: z
      .string()
      .nullable()
      .describe(
        'The stored simulation that it is compared with: of its scenario and years, with the most inputs alike.',
      ),
    stored: z.boolean().describe('True: nothing differs, and that simulation answers at once.'),
    differences: z.array(z.string()).describe('What differs from it.'),
    steps: z.array(
      z.object({
        model: z.string(),
        year: z.int(),
        action: z
          .enum(['run', 'reuse'])
          .describe(
            'reuse: its rows are those of that simulation, if a worker or a checkpoint still has them.',
          ),
        because: z.array(z.string()).describe('What the model reads that differs.'),
      }),
    ),
  })
  .meta({ id: 'SimulationPlan' });

export const jobParam = z.object({
  id: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/)
    .describe('Job.'),
});

const atWork = z.object({
  year: z.int(),
  years_done: z.int(),
  years_total: z.int(),
  model: z.string().describe('The dbt model, or stage, at work.'),
  steps: z.array(modelStep).optional().describe('What became of the models so far.'),
});

export const explanation = z
  .object({
    code: z.string(),
    message: z.string(),
    hint: z.string(),
    fields: z.record(
      z.string(),
      z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]),
    ),
  })
  .meta({ id: 'Explanation' });

export const simulationJob = z
  .object({
    job_id: z.string(),
    workflow_id: z.string(),
    temporal_url: z.string().nullable().describe("The job's page in Temporal's web page."),
    status: z.enum(['running', 'completed', 'failed', 'cancelled']),
    phase: z
      .enum(['waiting', 'validating', 'simulating', 'done'])
      .describe('waiting: no worker has taken it yet.'),
    scenario: z.string(),
    requested_by: z.string(),
    started_at: z.string().describe('ISO 8601.'),
    finished_at: z.string().nullable(),
    at_work: atWork.nullable().describe('What the simulation is doing now.'),
    attempt: z.int().describe('Of the activity under way; 1 when nothing was lost or failed.'),
    last_failure: z.string().nullable().describe('Why the attempt before ended.'),
    simulation_id: z.string().nullable(),
    reused: z.boolean().nullable().describe('True: a stored simulation of the same fingerprint answered.'),
    seconds: z.number().nullable().describe('Wall time of the simulation alone.'),
    notes: z.array(z.string()),
    error: explanation.nullable(),
  })
  .meta({ id: 'SimulationJob' });
export type SimulationJob = z.infer<typeof simulationJob>;

export const startedJob = simulationJob
  .extend({
    joined: z.boolean().describe('True: a job of that key, or of the same inputs, was there already.'),
  })
  .meta({ id: 'StartedJob' });

export const limitQuery = z.object({
  limit: defaultNumberQuery(1, 1000, 50, 'Most to list.'),
});

export const jobList = z.object({ jobs: z.array(simulationJob) }).meta({ id: 'SimulationJobList' });

export const simulationListing = z
  .object({
    simulation_id: z.string(),
    made_at: z.string().describe('ISO 8601.'),
    scenario: z.string(),
    first_year: z.int(),
    last_year: z.int(),
    seed: z.int(),
    engine: z.string(),
    census: z.string().describe('sha256 of the census.'),
    lever_set: z.string(),
    employees: z.int(),
    closing: z.int().describe('People at work at the end of the last year.'),
    mean_growth: z.number().nullable().describe('Mean of the yearly growth of mean pay, percent.'),
    seconds: z.number(),
  })
  .meta({ id: 'SimulationListing' });
export const simulationList = z
  .object({ simulations: z.array(simulationListing).describe('The newest first.'), total: z.int() })
  .meta({ id: 'SimulationList' });

const withheld = z.number().nullable();
const pay = { mean_pay: withheld, median_pay: withheld, payroll: withheld, prorated_mean_pay: withheld };
/** As stored, with null in place of pay that is withheld from the caller's role. */
const shownSummary = simulationSummary.extend({
  baseline: simulationSummary.shape.baseline.extend(pay),
  years: z.array(
    simulatedYear.extend({
      ...pay,
      cash_paid: withheld.optional(),
      pay_by_status: z.record(z.enum(STATUSES), withheld),
      growth: withheld,
      decomposition: decomposition.nullable(),
    }),
  ),
  mean_growth: withheld,
});

export const simulationDetails = z
  .object({
    summary: shownSummary.meta({ id: 'SimulationSummary' }),
    provenance: provenance
      .nullable()
      .describe('Null for a trial, of which only summary and levers are kept.'),
    has_tables: z.boolean(),
  })
  .meta({ id: 'SimulationDetails' });

export const provenanceDocument = provenance.meta({ id: 'Provenance' });

export const runsOfSimulation = z
  .object({
    runs: z
      .array(
        z.object({
          run_id: z.string(),
          role: z
            .enum(['kept', 'iteration', 'seed'])
            .describe('kept: its levers are what the run found; seed: they with another random seed.'),
          iteration: z.int().nullable().describe('Of an iteration.'),
          target_growth: z
            .number()
            .nullable()
            .describe('Percent, what the run was asked to reach; null where it had several targets.'),
          tolerance: z.number().describe('pp, within which its target is met.'),
        }),
      )
      .describe('The latest first.'),
  })
  .meta({ id: 'RunsOfSimulation' });
