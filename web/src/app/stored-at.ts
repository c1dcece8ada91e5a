/** Which places of the page are about something stored. Pure. */

/** The stored thing that a place of the page is about: `null` is the latest simulation. */
export function storedAt(
  path: string,
  search: Readonly<Record<string, unknown>>,
): { readonly run: string } | { readonly simulation: string | null } | undefined {
  const report = /^\/runs\/([^/]+)\/report\/?$/.exec(path)?.[1];
  if (report !== undefined) return { run: decodeURIComponent(report) };
  const { run, simulation } = search;
  if (path.startsWith('/optimize') && typeof run === 'string') return { run };
  if (path.startsWith('/results')) return { simulation: typeof simulation === 'string' ? simulation : null };
  return undefined;
}
