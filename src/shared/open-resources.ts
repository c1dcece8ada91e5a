/** What this process has open and must close before it ends: by it an end knows what to wait for, and a test that nothing was left. */

export interface Resource {
  /** Interrupts what is under way; settles when nothing works in it any more. */
  close(): Promise<void>;
}

const OPEN = new Set<Resource>();

/** @returns takes it from the list again, once it is closed */
export function opened(resource: Resource): () => void {
  OPEN.add(resource);
  return () => {
    OPEN.delete(resource);
  };
}

/** How many are open. */
export const countOpen = (): number => OPEN.size;

export async function closeAll(): Promise<void> {
  await Promise.allSettled([...OPEN].map((resource) => resource.close()));
}
