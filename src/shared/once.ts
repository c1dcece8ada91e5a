/** What is made by whoever first asks for it, and kept. */

/** All who ask while it is made, or later, get the same; a failure is not kept, so the next one tries again. */
export function once<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let made: Promise<Made> | undefined;
  const start = async (): Promise<Made> => {
    try {
      return await make();
    } catch (error) {
      made = undefined;
      throw error;
    }
  };
  return () => (made ??= start());
}
