import type { SourceLine } from '../definition.js';
import { coded } from './catalogue.js';

type Source = SourceLine | undefined;

export const GOBLET_API_KEYS =
  'An app declares several `apiKey()`. API Gateway accepts a key of any usage plan of the stage for every route that requires a key. Declare one. In CDK you can have several usage plans (`restApi.addUsagePlan`); `auth.apiKeyId` tells callers apart in a handler.';

export const severalApiKeys = (app: string, names: readonly string[], source: Source) =>
  coded(
    'GOBLET_API_KEYS',
    `the app "${app}" has API keys under ${names.join(' and ')}, but API Gateway accepts a key of any usage plan of the stage for every route that requires a key; declare one apiKey(), and tell callers apart by auth.apiKeyId or by another authorizer`,
    source,
  );

export const GOBLET_APP_OPTION =
  'An app, a router or a mount has an unknown option, or an option with an invalid value. Correct its name or its value; the message says what is valid.';

export const appName = (source: Source) => coded('GOBLET_APP_OPTION', 'the name of an app must be a string', source);

/** @param what the options of an app, of a router or of a mount */
export const optionsNotObject = (what: string, source: Source) =>
  coded('GOBLET_APP_OPTION', `the options of ${what} must be an object`, source);

/** The codes for an option that is unknown or invalid. */
export type OptionCode = 'GOBLET_APP_OPTION' | 'GOBLET_CORS' | 'GOBLET_ROUTE_OPTION';

export const unknownOption = (code: OptionCode, where: string, option: string, source: Source) =>
  coded(code, `${where} has the unknown option "${option}"`, source);

/** @param valid a description of valid values */
export const invalidOption = (code: OptionCode, where: string, option: string, valid: string, source: Source) =>
  coded(code, `${where} has the option "${option}", which must be ${valid}`, source);

export const GOBLET_BUNDLE =
  'A bundle omits a part of the framework that the app needs. Bundle with the `bundleConditions` of the same app’s definition, as Goblet’s build does.';

export const withoutAuthorizers = 'GOBLET_BUNDLE: without authorizers';

export const withoutScopes = 'GOBLET_BUNDLE: without scopes';

export const GOBLET_CORS =
  'CORS options are invalid for browsers: an origin with a path or a wildcard, or an invalid header name. Correct what the message names; an origin is a scheme and a host, `https://shop.example`.';

export const corsNotOptions = (where: string, source: Source) =>
  coded('GOBLET_CORS', `the cors of ${where} must be true, false or an object`, source);

export const GOBLET_CORS_CREDENTIALS =
  'CORS allows credentials to every origin, which browsers refuse. Name the origins.';

export const credentialsOfAll = (where: string, source: Source) =>
  coded('GOBLET_CORS_CREDENTIALS', `the cors of ${where} allows credentials; they need exact origins, not "*"`, source);

export const GOBLET_DECLARED_LATE =
  'A route, mount, middleware or handler is declared after the app has started, and would not be served. Declare everything while the module loads, and read `app.handler` last.';

export const declaredLate = (what: string, source: Source) =>
  coded('GOBLET_DECLARED_LATE', `${what} is declared after its app was started`, source);

export const GOBLET_ERROR_STATUS = '`defineError` got a status that is not an error. Use 400 to 599.';

export const notErrorStatus = (code: string, status: number) =>
  `GOBLET_ERROR_STATUS: ${code} has status ${status}; an error's status is 400 to 599`;

export const GOBLET_MOUNT_CYCLE = 'A router would contain itself. Mount it elsewhere.';

/** @param mounts the lines of the mounts by which it would */
export const mountCycle = (prefix: string, mounts: readonly string[], source: Source) => {
  const by = mounts.length ? `, by the mount at ${mounts.join(' and ')}` : '';
  return coded('GOBLET_MOUNT_CYCLE', `the router mounted at ${prefix} would contain itself${by}`, source);
};

export const GOBLET_MOUNT_DUPLICATE = 'A router is mounted twice at one prefix. Remove one, or give it another prefix.';

/** @param lines the lines of both mounts, if they are known */
export const mountedTwice = (prefix: string, lines: readonly [string, string] | undefined) =>
  coded(
    'GOBLET_MOUNT_DUPLICATE',
    `one router is mounted at ${prefix}${lines ? ` at ${lines.join(' and ')}` : ' twice'}; remove one`,
  );

export const GOBLET_MOUNT_ROUTER =
  '`mount` got something that is not a `Router`, or a whole app. Move the shared routes into a `Router`.';

export const notRouter = (where: string, source: Source) =>
  coded('GOBLET_MOUNT_ROUTER', `${where} needs a Router; an app cannot be mounted`, source);

export const GOBLET_NO_FUNCTION =
  '`use`, `with`, `on` or `onError` got something that is not a function. Pass a function; `with` takes one for each value.';

export const notFunction = (where: string, source: Source) =>
  coded('GOBLET_NO_FUNCTION', `${where} needs a function`, source);

export const GOBLET_WITH_NAME = 'A value of `with` would hide a part of the request. Give it another name.';

export const hidesRequest = (name: string, source: Source) =>
  coded('GOBLET_WITH_NAME', `with({ ${name} }) would hide the request's own ${name}`, source);
