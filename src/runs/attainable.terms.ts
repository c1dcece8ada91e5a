/** How far an attainable range was searched, in the same words on the command line, in reports and on the page. */

/** path: from today's levers to the bounds with all levers together; box: corners of the bounds as well, lever by lever and year by year. */
export type AttainableSearch = 'path' | 'box';

export interface SearchedRange {
  /** Absent from results of earlier releases: the path. */
  readonly attainable_search?: AttainableSearch | undefined;
  /** Corners that were simulated beside both ends of the path. */
  readonly attainable_corners?: number | undefined;
}

/** `with all levers moved together`, or `inside the bounds, 18 corners searched`. */
export const searchWords = ({ attainable_search, attainable_corners = 0 }: SearchedRange): string =>
  attainable_search === 'box'
    ? `inside the bounds, ${attainable_corners + 2} corners searched`
    : 'with all levers moved together';
