/** The images that a table's stream carries, beside the keys. */
export type StreamView = 'NEW_AND_OLD_IMAGES' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'KEYS_ONLY';

/** The images of a change, according to the stream's view type. */
export const hasNew = (name: string, view: StreamView) =>
  name !== 'REMOVE' && (view === 'NEW_AND_OLD_IMAGES' || view === 'NEW_IMAGE');
export const hasOld = (name: string, view: StreamView) =>
  name !== 'INSERT' && (view === 'NEW_AND_OLD_IMAGES' || view === 'OLD_IMAGE');
