/** What became of one model in one year of a simulation: run or reused, how long it took, how many rows it wrote. */
import { z } from 'zod';

export const modelStep = z.object({
  model: z.string(),
  year: z.int(),
  /** reused: its rows were there already, in the database or in a checkpoint. */
  action: z.enum(['run', 'reused']),
  /** Null where it was reused. */
  rows: z.int().nullable(),
  seconds: z.number(),
});
export type ModelStep = z.infer<typeof modelStep>;
