import { type ApiStore, idBelow } from '../api-store.js';

/** Looks stages up once, and again after anything changed that may be served. */
export function stageCache<Stage>(
  store: ApiStore,
  serve: (apiId: string, stageName: string) => Promise<Stage | undefined>,
): (apiId: string, stageName: string) => Promise<Stage | undefined> {
  const stages = new Map<string, Promise<Stage | undefined>>();
  store.onChange(() => stages.clear());
  return (apiId, stageName) => {
    const id = idBelow(apiId, stageName);
    const known = stages.get(id);
    if (known) return known;
    const made = serve(apiId, stageName);
    stages.set(id, made);
    made.catch(() => stages.delete(id));
    return made;
  };
}
