/** Follows a stream of events: snapshot, then merge patches; after a lost connection the state is sent anew and the page says so. */
import { useEffect, useState } from 'react';
import { ofCompany } from '../app/company.js';
import { mergePatch } from './merge-patch.js';

export type LinkState = 'connecting' | 'live' | 'lost' | 'over';

export interface Followed<T> {
  readonly state: T | undefined;
  readonly link: LinkState;
  /** How often the connection was lost and found again. */
  readonly resyncs: number;
}

const nothing = { state: undefined, link: 'connecting', resyncs: 0 } as const;

/**
 * @param path of the stream; undefined follows nothing
 * @param isOver true for a state after which nothing comes
 */
export function useFollowed<T>(path: string | undefined, isOver: (state: T) => boolean): Followed<T> {
  const [followed, setFollowed] = useState<Followed<T>>(nothing);
  useEffect(() => {
    setFollowed(nothing);
    if (path === undefined) return undefined;
    const source = new EventSource(ofCompany(path));
    const take = (state: T, over: boolean): void => {
      setFollowed(({ link, resyncs }) => ({
        state,
        link: over ? 'over' : 'live',
        resyncs: link === 'lost' ? resyncs + 1 : resyncs,
      }));
      if (over) source.close();
    };
    let current: T | undefined;
    const whole = (event: MessageEvent<string>): void => {
      current = JSON.parse(event.data) as T;
      take(current, event.type === 'end' || isOver(current));
    };
    source.addEventListener('snapshot', whole);
    source.addEventListener('end', whole);
    source.addEventListener('delta', (event: MessageEvent<string>) => {
      if (current === undefined) return;
      current = mergePatch(current, JSON.parse(event.data) as unknown) as T;
      take(current, isOver(current));
    });
    source.addEventListener('error', () => {
      // The browser tries again by itself, and sends the id of the last event that it saw.
      setFollowed((before) => (before.link === 'over' ? before : { ...before, link: 'lost' }));
    });
    return () => source.close();
  }, [path, isOver]);
  return followed;
}
