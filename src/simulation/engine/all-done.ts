/** Like Promise.all, but a failure is thrown only when nothing runs any more: what they work on may then go away. */
export async function allDone<Result>(work: Iterable<Promise<Result>>): Promise<Result[]> {
  const promises = [...work];
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
