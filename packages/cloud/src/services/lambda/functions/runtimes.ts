/** Node.js runtimes that AWS takes for new functions. */
const CURRENT = ['nodejs18.x', 'nodejs20.x', 'nodejs22.x', 'nodejs24.x', 'nodejs26.x'];

/** Node.js runtimes that AWS has retired. */
const RETIRED = [
  'nodejs',
  'nodejs4.3',
  'nodejs4.3-edge',
  'nodejs6.10',
  'nodejs8.10',
  'nodejs10.x',
  'nodejs12.x',
  'nodejs14.x',
  'nodejs16.x',
];

/** Runtimes of other languages, of which functions are only recorded. */
const OTHER_LANGUAGES =
  /^(python\d\.\d+|java\d+(\.al2)?|dotnet\d+|dotnetcore\d\.\d|ruby\d\.\d|go1\.x|provided(\.al\d+)?)$/;

/** What the local cloud makes of a runtime; undefined for one that Lambda does not have. */
export function runtimeStanding(runtime: string): 'current' | 'retired' | 'recorded' | undefined {
  if (CURRENT.includes(runtime)) return 'current';
  if (RETIRED.includes(runtime)) return 'retired';
  return OTHER_LANGUAGES.test(runtime) ? 'recorded' : undefined;
}

/** As Lambda's own message lists them. */
export const RUNTIME_NAMES = CURRENT.join(', ');
