import { isExposure, type Draft } from './event.ts';

/** Events that wait to be sent. */
export type Drafts = {
  add(draft: Draft): void;
  /** Takes up to so many, exposures first. */
  take(most: number): Draft[];
  size(): number;
};

/** Bounded: when it is full a tenth is dropped, exposures before conversions and the oldest first. */
export function createDrafts(capacity: number, dropped: (events: number) => void): Drafts {
  const exposures: Draft[] = [];
  const tracks: Draft[] = [];
  const size = (): number => exposures.length + tracks.length;
  const take = (most: number): Draft[] =>
    (exposures.length > 0 ? exposures : tracks).splice(0, most);
  return {
    add(draft) {
      if (size() === capacity) dropped(take(Math.ceil(capacity / 10)).length);
      (isExposure(draft.about) ? exposures : tracks).push(draft);
    },
    take,
    size,
  };
}
