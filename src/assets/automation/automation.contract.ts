/** What the automation of assets says of itself: what it is asked, and what its latest look told. */
import { z } from 'zod';

/** What stands in the memo of the workflow, and outlives the worker that wrote it. */
export const automationLook = z.object({
  /** ISO 8601 UTC. */
  at: z.string(),
  /** Why the look failed; null: it did not. */
  error: z.string().nullable(),
  /** Inputs whose data changed since the look before. */
  changed: z.array(z.string()),
  /** What is late or overdue, with the reason. */
  stale: z.array(z.string()),
  /** Run ids. */
  started: z.array(z.string()),
  /** Assets whose condition does not hold now. */
  waiting: z.number(),
});
export type AutomationLook = z.infer<typeof automationLook>;

export const SHORTEST_INTERVAL_SECONDS = 1;
export const LONGEST_INTERVAL_SECONDS = 7 * 86_400;
