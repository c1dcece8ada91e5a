/** What a page keeps in the URL, as its controls show and change it: a choice stands at once, the URL follows. */
import { useState } from 'react';
import { own } from '../../../src/shared/own.terms.js';

type Parts = Readonly<Record<string, unknown>>;

/**
 * The router takes a change over when the page has settled. Until then a control that showed the URL alone would
 * spring back under the click, and a second click would begin from what the first has changed already.
 * @param search what the URL says
 * @param go changes the URL; settles when the page shows it
 */
export function useSearchAtOnce<Search extends object>(
  search: Search,
  go: (part: Parts) => Promise<unknown>,
): readonly [search: Search, choose: (part: Parts) => void] {
  const [ahead, setAhead] = useState<Parts>({});
  const choose = (part: Parts): void => {
    setAhead((before) => ({ ...before, ...part }));
    // What was chosen again meanwhile is still ahead of the URL.
    const arrive = (): void =>
      setAhead((before) =>
        Object.fromEntries(
          Object.entries(before).filter(
            ([key, value]) => !Object.hasOwn(part, key) || own(part, key) !== value,
          ),
        ),
      );
    void go(part).then(arrive, arrive);
  };
  return [{ ...search, ...ahead }, choose];
}
