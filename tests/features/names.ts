/** The features that one cloud serves; each has its stacks in `<feature>/infra.ts` and its tests in `<feature>.test.ts`. */
export const FEATURES = [
  'asynchronous',
  'chat',
  'events',
  'function-urls',
  'guards',
  'integrations',
  'layers',
  'queues',
  'refused',
  'stages',
  'streams',
  'table-streams',
  'topics',
  'user-pools',
] as const;
