/** How far an attainable range was searched, in the same words on the command line, in reports and on the page. */

/** path: from today's levers to the bounds with all levers together; box: elsewhere inside the bounds as well, lever by lever and year by year. */
export type AttainableSearch = 'path' | 'box';

export interface SearchedRange {
  /** Absent from results of earlier releases: the path. */
  readonly attainable_search?: AttainableSearch | undefined;
  /** Sets of levers inside the bounds that were simulated beside both ends of the path. */
  readonly attainable_corners?: number | undefined;
}

/** `with all levers moved together`, or `inside the bounds, searched with 18 sets of levers`. */
export const searchWords = ({ attainable_search, attainable_corners = 0 }: SearchedRange): string =>
  attainable_search === 'box'
    ? `inside the bounds, searched with ${attainable_corners + 2} sets of levers`
    : 'with all levers moved together';
