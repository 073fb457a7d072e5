import type { SourceLine } from '../definition.js';
import {
  appName,
  corsNotOptions,
  credentialsOfAll,
  invalidOption,
  type OptionCode,
  optionsNotObject,
  severalApiKeys,
  unknownOption,
} from '../errors/app.js';
import { functionName } from '../errors/functions.js';
import { noRouteOptions } from '../errors/routes.js';
import { DeclarationError } from './declaration-error.js';

/** The check of an option: a test of its value, and a description of valid values. */
type Rule = readonly [fits: (value: unknown) => boolean, what: string];
type Rules = Readonly<Record<string, Rule>>;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
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

/** @throws DeclarationError for an option that is unknown or invalid */
function checkOptions(options: object, rules: Rules, code: OptionCode, where: string, source?: SourceLine): void {
  for (const [name, value] of Object.entries(options)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (!rule) throw new DeclarationError(unknownOption(code, where, name, source));
    const [fits, what] = rule;
    if (value !== undefined && !fits(value)) throw new DeclarationError(invalidOption(code, where, name, what, source));
  }
}

const SCHEMA: Rule = [isSchema, 'a schema'];
const TEXT: Rule = [isText, 'a text'];
const TEXTS: Rule = [isListOf(isText), 'an array of strings'];
const FUNCTION: Rule = [isFunction, 'a function'];
// `checkCors` describes the mistake.
const CORS: Rule = [() => true, 'CORS options'];

const ROUTE: Rules = {
  body: [
    (value) => isSchema(value) || (isObject(value) && isFunction(value.decode)),
    'a schema, or the result of form(), multipart() or raw()',
  ],
  query: SCHEMA,
  params: SCHEMA,
  headers: SCHEMA,
  response: [(value) => isSchema(value) || isStatusMap(value), 'a schema, or one for each status of 200 to 599'],
  // `checkRoute` checks the status.
  status: [() => true, 'a status'],
  errors: [isListOf(isErrorClass), 'an array of error classes from defineError'],
  auth: [(value) => value === false || [value].flat().every(isText), 'a name under auth, an array of them, or false'],
  // `defineApp` checks the scopes.
  scopes: [() => true, 'an array of strings'],
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
  sources: [isRecordOf(isDefinition), 'a record of sources such as queue()'],
  auth: [isRecordOf(isDefinition), 'a record of authorizers such as cognito()'],
  defaultAuth: TEXT,
  cors: CORS,
  debug: [isBoolean, 'true or false'],
  compression: [(value) => isObject(value) && isFunction(value.encode), 'the result of compression()'],
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

// A scheme and a host in lower case, as browsers send them, and nothing else (Fetch standard, "Origin").
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

/** @throws DeclarationError for CORS options that browsers would refuse or misunderstand */
function checkCors(cors: unknown, where: string, source: SourceLine | undefined): void {
  if (cors === undefined || typeof cors === 'boolean') return;
  if (!isObject(cors)) throw new DeclarationError(corsNotOptions(where, source));
  checkOptions(cors, CORS_OPTIONS, 'GOBLET_CORS', `the cors of ${where}`, source);
  if (cors.credentials && (cors.origin ?? '*') === '*') throw new DeclarationError(credentialsOfAll(where, source));
}

/** @throws DeclarationError */
export function checkRouteOptions(options: unknown, where: string, source: SourceLine | undefined): void {
  if (!isObject(options)) throw new DeclarationError(noRouteOptions(where, options, source));
  checkOptions(options, ROUTE, 'GOBLET_ROUTE_OPTION', where, source);
  checkCors(options.cors, where, source);
}

/** @throws DeclarationError */
export function checkApp(name: unknown, options: unknown, source: SourceLine | undefined): void {
  if (!isText(name)) throw new DeclarationError(appName(source));
  if (!isObject(options)) throw new DeclarationError(optionsNotObject('an app', source));
  checkOptions(options, APP, 'GOBLET_APP_OPTION', `the app "${name}"`, source);
  checkCors(options.cors, `the app "${name}"`, source);
  checkApiKeys(name, options.auth, source);
}

/**
 * A method of a REST API either requires a key or does not, and accepts a key of any usage plan of its stage ("Usage
 * plans and API keys for REST APIs"): a second kind of key would open the routes of the first.
 * @throws DeclarationError
 */
function checkApiKeys(app: string, auth: unknown, source: SourceLine | undefined): void {
  const keys = Object.entries(auth ?? {}).flatMap(([name, { kind }]) => (kind === 'apiKey' ? [name] : []));
  if (keys.length > 1) throw new DeclarationError(severalApiKeys(app, keys, source));
}

/** @throws DeclarationError */
export function checkRouter(options: unknown, source: SourceLine | undefined): void {
  if (!isObject(options)) throw new DeclarationError(optionsNotObject('a router', source));
  checkOptions(options, ROUTER, 'GOBLET_APP_OPTION', 'the router', source);
  checkCors(options.cors, 'the router', source);
}

/** @throws DeclarationError */
export function checkMountOptions(options: unknown, where: string, source: SourceLine | undefined): void {
  if (options === undefined) return;
  if (!isObject(options)) throw new DeclarationError(optionsNotObject(where, source));
  checkOptions(options, MOUNT, 'GOBLET_APP_OPTION', where, source);
  if (options.function !== undefined) checkFunctionName(options.function, source);
}

/** @throws DeclarationError for a name that CloudFormation does not accept as a logical id */
export function checkFunctionName(name: unknown, source: SourceLine | undefined): void {
  if (typeof name !== 'string' || !FUNCTION_NAME.test(name)) throw new DeclarationError(functionName(name, source));
}
