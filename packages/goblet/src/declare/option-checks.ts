import type { SourceLine } from '../definition.js';
import type { ErrorCode } from '../error-codes.js';
import { DeclarationError } from './declaration-error.js';

/** What an option has to be: a test of its value, and words for it. */
type Rule = readonly [fits: (value: unknown) => boolean, what: string];
type Rules = Readonly<Record<string, Rule>>;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isFunction = (value: unknown): boolean => typeof value === 'function';
const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
const isListOf = (fits: (one: unknown) => boolean) => (value: unknown) => Array.isArray(value) && value.every(fits);
const isRecordOf = (fits: (one: unknown) => boolean) => (value: unknown) =>
  isObject(value) && Object.values(value).every(fits);

// ArkType's schemas are functions.
const isSchema = (value: unknown): boolean =>
  isFunction((value as { '~standard'?: { validate?: unknown } } | null | undefined)?.['~standard']?.validate);
const isErrorClass = (value: unknown): boolean => {
  const { code, status, title } = Object(value) as Record<string, unknown>;
  return isFunction(value) && isText(code) && Number.isInteger(status) && isText(title);
};
const isStatusMap = (value: unknown): boolean =>
  isRecordOf(isSchema)(value) &&
  Object.keys(value as object).length > 0 &&
  Object.keys(value as object).every((status) => /^[2-5]\d\d$/.test(status));
const isDefinition = (value: unknown): boolean => isObject(value) && isText(value.kind) && isObject(value.options);

/** @throws DeclarationError for an option that does not exist, or is not what it has to be */
function checkOptions(options: object, rules: Rules, code: ErrorCode, where: string, source?: SourceLine): void {
  for (const [name, value] of Object.entries(options)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (!rule) throw new DeclarationError(code, `${where} has the unknown option "${name}"`, source);
    const [fits, what] = rule;
    if (value !== undefined && !fits(value))
      throw new DeclarationError(code, `${where} has the option "${name}", which has to be ${what}`, source);
  }
}

const SCHEMA: Rule = [isSchema, 'a schema'];
const TEXT: Rule = [isText, 'a text'];
const TEXTS: Rule = [isListOf(isText), 'an array of texts'];
const FUNCTION: Rule = [isFunction, 'a function'];
// `checkCors` says what is wrong with it.
const CORS: Rule = [() => true, 'CORS options'];

const ROUTE: Rules = {
  body: [
    (value) => isSchema(value) || (isObject(value) && isFunction(value.decode)),
    'a schema, or what form(), multipart() or raw() makes',
  ],
  query: SCHEMA,
  params: SCHEMA,
  headers: SCHEMA,
  response: [(value) => isSchema(value) || isStatusMap(value), 'a schema, or one for each status of 200 to 599'],
  // `checkRoute` says what a status is.
  status: [() => true, 'a status'],
  errors: [isListOf(isErrorClass), 'an array of error classes, as defineError makes them'],
  auth: [(value) => value === false || [value].flat().every(isText), 'a name under auth, an array of them, or false'],
  // `defineApp` says what scopes are, and whose.
  scopes: [() => true, 'an array of texts'],
  summary: TEXT,
  description: TEXT,
  tags: TEXTS,
  cors: CORS,
  stream: [(value) => value === true, 'true'],
};

const APP: Rules = {
  api: [(value) => value === 'rest' || value === 'http', '"rest" or "http"'],
  alsoBehind: [isListOf((one) => one === 'url' || one === 'alb'), 'an array of "url" and "alb"'],
  env: [
    isRecordOf((type) => type === String || type === Number || type === Boolean || isSchema(type)),
    'a record of String, Number, Boolean and schemas',
  ],
  sources: [isRecordOf(isDefinition), 'a record of sources, as queue() and its like make them'],
  auth: [isRecordOf(isDefinition), 'a record of authorizers, as cognito() and its like make them'],
  defaultAuth: TEXT,
  cors: CORS,
  debug: [isBoolean, 'true or false'],
  compression: [(value) => isObject(value) && isFunction(value.encode), 'what compression() makes'],
  logger: [
    (value) => isObject(value) && ['debug', 'info', 'warn', 'error'].every((level) => isFunction(value[level])),
    'an object with the functions debug, info, warn and error',
  ],
  setup: FUNCTION,
  teardown: FUNCTION,
};

const ROUTER: Rules = { defaultAuth: TEXT, cors: CORS };

const FUNCTION_NAME = /^[A-Za-z][A-Za-z0-9]*$/;
const MOUNT: Rules = { function: [() => true, 'a name'] };

// A scheme and a host in small letters, as browsers send them, and nothing behind (Fetch standard, "Origin").
const ORIGIN = /^([a-z][a-z\d+.-]*:\/\/[^\s/?#@*,A-Z]+|null)$/;
const isOrigin = (value: unknown): boolean => typeof value === 'string' && ORIGIN.test(value);
const TOKENS: Rule = [
  isListOf((one) => typeof one === 'string' && /^[\w!#$%&'*+.^`|~-]+$/.test(one)),
  'an array of header names',
];
const CORS_OPTIONS: Rules = {
  origin: [
    (value) => value === '*' || isOrigin(value) || (isListOf(isOrigin)(value) && (value as unknown[]).length > 0),
    '"*", or one or several origins like "https://shop.example", without a path',
  ],
  headers: TOKENS,
  exposeHeaders: TOKENS,
  maxAge: [(value) => Number.isInteger(value) && Number(value) >= 0, 'a whole number of seconds'],
  credentials: [isBoolean, 'true or false'],
};

/** @throws DeclarationError for CORS options that browsers would not take, or not as they are meant */
function checkCors(cors: unknown, where: string, source: SourceLine | undefined): void {
  if (cors === undefined || typeof cors === 'boolean') return;
  if (!isObject(cors))
    throw new DeclarationError('GOBLET_CORS', `the cors of ${where} has to be true, false or an object`, source);
  checkOptions(cors, CORS_OPTIONS, 'GOBLET_CORS', `the cors of ${where}`, source);
  if (cors.credentials && (cors.origin ?? '*') === '*')
    throw new DeclarationError(
      'GOBLET_CORS_CREDENTIALS',
      `the cors of ${where} allows credentials; they need exact origins, not "*"`,
      source,
    );
}

/** @throws DeclarationError */
export function checkRouteOptions(options: unknown, where: string, source: SourceLine | undefined): void {
  if (!isObject(options))
    throw new DeclarationError(
      'GOBLET_ROUTE_OPTION',
      `${where} has ${typeof options === 'function' ? 'a function' : String(options)} where its options belong; handlers are wrapped by use()`,
      source,
    );
  checkOptions(options, ROUTE, 'GOBLET_ROUTE_OPTION', where, source);
  checkCors(options.cors, where, source);
}

/** @throws DeclarationError */
export function checkApp(name: unknown, options: unknown, source: SourceLine | undefined): void {
  if (!isText(name)) throw new DeclarationError('GOBLET_APP_OPTION', 'an app has a text as its name', source);
  if (!isObject(options)) throw new DeclarationError('GOBLET_APP_OPTION', 'an app has an object as options', source);
  checkOptions(options, APP, 'GOBLET_APP_OPTION', `the app "${name}"`, source);
  checkCors(options.cors, `the app "${name}"`, source);
  checkApiKeys(name, options.auth, source);
}

/**
 * A method of a REST API asks for a key or does not, and takes that of any usage plan of its stage ("Usage plans and API
 * keys for REST APIs"): a second kind of keys would open the routes of the first.
 * @throws DeclarationError
 */
function checkApiKeys(app: unknown, auth: unknown, source: SourceLine | undefined): void {
  const keys = Object.entries(auth ?? {}).flatMap(([name, { kind }]) => (kind === 'apiKey' ? [name] : []));
  if (keys.length < 2) return;
  throw new DeclarationError(
    'GOBLET_API_KEYS',
    `the app "${app}" has API keys under ${keys.join(' and ')}, and API Gateway lets a key of any usage plan of the stage call every route that asks for one; declare one apiKey(), and tell callers apart by auth.apiKeyId or by another authorizer`,
    source,
  );
}

/** @throws DeclarationError */
export function checkRouter(options: unknown, source: SourceLine | undefined): void {
  if (!isObject(options)) throw new DeclarationError('GOBLET_APP_OPTION', 'a router has an object as options', source);
  checkOptions(options, ROUTER, 'GOBLET_APP_OPTION', 'the router', source);
  checkCors(options.cors, 'the router', source);
}

/** @throws DeclarationError */
export function checkMountOptions(options: unknown, where: string, source: SourceLine | undefined): void {
  if (options === undefined) return;
  if (!isObject(options)) throw new DeclarationError('GOBLET_APP_OPTION', `${where} has an object as options`, source);
  checkOptions(options, MOUNT, 'GOBLET_APP_OPTION', where, source);
  if (options.function !== undefined) checkFunctionName(options.function, source);
}

/** @throws DeclarationError for what CloudFormation would not take as a logical name */
export function checkFunctionName(name: unknown, source: SourceLine | undefined): void {
  if (typeof name !== 'string' || !FUNCTION_NAME.test(name))
    throw new DeclarationError(
      'GOBLET_FUNCTION_NAME',
      `"${name}" is no function name; use letters and digits, a letter first`,
      source,
    );
}
