import { type Duration, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { describe, has } from './bindings.js';
import { checkDomain } from './domain-check.js';
import {
  defaultStage,
  invalidOption,
  onlyOfRestApis,
  roleOfNoHandler,
  unknownOption,
  withoutRoutes,
} from './errors/options.js';
import { at } from './errors/place.js';
import { GobletError } from './goblet-error.js';
import { functionLine, type Inventory } from './inventory.js';
import type { FunctionOptions, GobletOptions, StageOptions, UncheckedNeeds } from './props.js';

/** The check of an option: a test of its value, and a description of valid values. */
type Rule = readonly [fits: (value: unknown) => boolean, what: string];

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const whole = (least: number, most = Number.MAX_SAFE_INTEGER): Rule => [
  (value) => Token.isUnresolved(value) || (Number.isInteger(value) && Number(value) >= least && Number(value) <= most),
  `a whole number from ${least}${most === Number.MAX_SAFE_INTEGER ? '' : ` to ${most}`}`,
];
const madeOf = (member: string, what: string): Rule => [(value) => has(value, member), what];
/** Lambda's range of function timeouts ("Lambda quotas"). */
const isTimeout = (value: unknown): boolean => {
  if (!has(value, 'toSeconds')) return false;
  // Only a Duration has this method, from any copy of CDK.
  const duration = value as unknown as Duration;
  const seconds = duration.isUnresolved() ? 1 : duration.toSeconds({ integral: false });
  return seconds >= 1 && seconds <= 900;
};
const FLAG: Rule = [(value) => typeof value === 'boolean', 'true or false'];
const OBJECT: Rule = [(value) => typeof value === 'object' && value !== null && !Array.isArray(value), 'an object'];
const LIST: Rule = [Array.isArray, 'a list'];
/** The compiler knows the members of an enum, and AWS checks the text. */
const ANY: Rule = [() => true, 'a value'];

const FUNCTION = {
  memorySize: whole(128, 10_240),
  timeout: [isTimeout, 'a Duration of 1 to 900 seconds'],
  architecture: madeOf('dockerPlatform', 'a lambda.Architecture'),
  role: madeOf('attachInlinePolicy', 'an iam.IRole'),
  logRetention: ANY,
  logRemovalPolicy: ANY,
  reservedConcurrentExecutions: whole(0),
  tracing: ANY,
  layers: LIST,
  ephemeralStorageSize: madeOf('toMebibytes', 'a Size'),
  vpc: madeOf('vpcId', 'an ec2.IVpc'),
  vpcSubnets: OBJECT,
  securityGroups: LIST,
} satisfies Record<keyof FunctionOptions, Rule>;

/** The syntax of API Gateway ("CreateStage", `variables`), with its fixed quotas. */
const isStageVariable = ([name, value]: readonly [string, unknown]): boolean =>
  /^\w{1,64}$/.test(name) &&
  typeof value === 'string' &&
  (Token.isUnresolved(value) || /^[A-Za-z0-9\-._~:/?#&=,]{1,512}$/.test(value));
const STAGE_VARIABLES = 100;

const STAGE = {
  stageName: [
    (value) => Token.isUnresolved(value) || (typeof value === 'string' && /^(\$default|[\w-]{1,128})$/.test(value)),
    'made of letters, digits, _ and -, 128 at most',
  ],
  stageVariables: [
    (value) =>
      OBJECT[0](value) &&
      Object.entries(value as object).every(isStageVariable) &&
      Object.keys(value as object).length <= STAGE_VARIABLES,
    'of names of 64 letters, digits and _ at most, and texts of 1 to 512 letters, digits and -._~:/?#&=,; 100 at most',
  ],
  accessLogs: FLAG,
  throttle: [
    (value) =>
      has(value, 'rateLimit') &&
      typeof value.rateLimit === 'number' &&
      has(value, 'burstLimit') &&
      typeof value.burstLimit === 'number',
    '{ rateLimit, burstLimit }, two numbers',
  ],
  tracingEnabled: FLAG,
  domain: ANY,
} satisfies Record<keyof StageOptions, Rule>;

const CONSTRUCT = {
  entry: [
    (value) => isText(value) || (value instanceof URL && value.protocol === 'file:'),
    'the file that exports `app`, or its folder: a path or a file: URL',
  ],
  functions: OBJECT,
  environment: OBJECT,
  sources: OBJECT,
  auth: OBJECT,
  outputs: [(value) => value === false || OBJECT[0](value), 'false or an object'],
  binaryMediaTypes: LIST,
  external: LIST,
  include: LIST,
  sourceMaps: FLAG,
  ...STAGE,
  ...FUNCTION,
} satisfies Record<keyof (GobletOptions & UncheckedNeeds), Rule>;

/** Options of REST APIs only, and why an HTTP API does not have them. */
const REST_ONLY = {
  tracingEnabled: 'X-Ray traces only REST APIs',
  binaryMediaTypes: 'an HTTP API detects binary bodies itself',
} satisfies Partial<Record<keyof GobletOptions, string>>;

/** @throws GobletError GOBLET_CDK_OPTION for options with which no inventory can be taken */
export function checkBuildOptions({ node }: Construct, { entry, external = [], include = [] }: GobletOptions): void {
  const options = { entry, external, include };
  for (const [name, value] of Object.entries(options)) {
    checkValue(`${name} of ${node.path}`, value, CONSTRUCT[name as keyof typeof options]);
  }
}

/**
 * @throws GobletError GOBLET_CDK_OPTION for an option that is unknown, has an invalid value, or does not apply to the
 * app
 */
export function checkOptions(scope: Construct, inventory: Inventory, options: GobletOptions & UncheckedNeeds): void {
  const { path } = scope.node;
  checkRules(options, CONSTRUCT, (name) => `${name} of ${path}`);
  for (const [fn, own] of Object.entries(options.functions ?? {})) {
    checkValue(`functions.${fn} of ${path}`, own, OBJECT);
    const line = at(functionLine(inventory, fn));
    checkRules(own, FUNCTION, (name) => `functions.${fn}.${name} of ${path}, for ${fn}${line},`);
  }
  checkUses(inventory, options);
  if (options.domain !== undefined) checkDomain(Stack.of(scope), options.domain);
}

function checkRules(options: object, rules: Readonly<Record<string, Rule>>, where: (name: string) => string): void {
  for (const [name, value] of Object.entries(options)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) throw new GobletError(unknownOption(where(name), Object.keys(rules)));
    if (value !== undefined) checkValue(where(name), value, rule);
  }
}

function checkValue(where: string, value: unknown, [fits, what]: Rule): void {
  if (!fits(value)) throw new GobletError(invalidOption(where, describe(value), what));
}

function checkUses({ api, routes, functions, sources, source }: Inventory, options: GobletOptions): void {
  const app = `the app${at(source)}`;
  const webSocket = sources.some((one) => one.kind === 'websocket');
  const given = (names: readonly string[]) => names.find((name) => Reflect.get(options, name) ?? false);
  if (api === 'http') {
    for (const [name, why] of Object.entries(REST_ONLY)) {
      if (given([name])) throw new GobletError(onlyOfRestApis(name, app, why));
    }
  }
  const kind = routes.length === 0 && webSocket ? 'WebSocket' : 'REST';
  if ((api === 'rest' || kind === 'WebSocket') && options.stageName === '$default') {
    throw new GobletError(defaultStage(app, kind));
  }
  const ofApi = given(webSocket ? Object.keys(REST_ONLY) : [...Object.keys(STAGE), 'binaryMediaTypes']);
  if (routes.length === 0 && ofApi !== undefined) {
    throw new GobletError(withoutRoutes(ofApi, webSocket ? 'a REST' : 'an', app));
  }
  if (options.role !== undefined && functions.every(({ name }) => name !== 'APIHandler')) {
    throw new GobletError(roleOfNoHandler(app, functions[0]?.name));
  }
}
