import type { InventoryLine, InventoryRoute } from '../inventory.js';
import { coded } from './catalogue.js';
import { at, routeAt } from './place.js';

export const GOBLET_BUILD_NOT_SUPPORTED =
  'API Gateway or the artifact does not support something that the app declares. The message says what, and at which line.';

/** @param firstUse the line of the first route that the authorizer guards */
export const httpApiHasNo = (
  kind: 'API keys' | 'TOKEN authorizers',
  authorizer: string,
  firstUse: InventoryLine | undefined,
) =>
  coded(
    'GOBLET_BUILD_NOT_SUPPORTED',
    `HTTP APIs have no ${kind}, but ${authorizer} needs one${at(firstUse)}; declare api: 'rest', or use another authorizer`,
  );

export const corsDiffers = (first: InventoryRoute, other: InventoryRoute) =>
  coded(
    'GOBLET_BUILD_NOT_SUPPORTED',
    `an HTTP API has one CORS configuration, but ${routeAt(first)} and ${routeAt(other)} differ; set cors on the app, or declare api: 'rest'`,
  );

export const severalAuthorizers = (
  route: InventoryRoute,
  authorizers: readonly string[],
  one: 'a method of a REST API' | 'a route of an HTTP API',
) =>
  coded(
    'GOBLET_BUILD_NOT_SUPPORTED',
    `${routeAt(route)} names the authorizers ${authorizers.join(' and ')}; ${one} has at most one`,
  );

/** @param firstUse the line of the first route that the authorizer guards */
export const jwtOfRestApi = (authorizer: string, firstUse: InventoryLine | undefined) =>
  coded(
    'GOBLET_BUILD_NOT_SUPPORTED',
    `JWT authorizers on REST APIs are not supported yet, and ${authorizer} is one${at(firstUse)}; declare api: 'http', or use cognito() or authorizer()`,
  );

/** A variable segment of a path. */
export interface Variable {
  readonly variable: string;
  readonly source: InventoryLine | undefined;
}

export const variablesDiffer = (parent: string, known: Variable, other: Variable) =>
  coded(
    'GOBLET_BUILD_NOT_SUPPORTED',
    `API Gateway accepts one variable under ${parent}/, but there are ${known.variable}${at(known.source)} and ${other.variable}${at(other.source)}; give them the same name`,
  );

/** A SAM template cannot express a part of the app. */
const notInSam = (what: string) =>
  coded('GOBLET_BUILD_NOT_SUPPORTED', `a SAM package does not support ${what}; use the construct`);

export const httpApiInSam = () => notInSam('HTTP APIs');

export const noRoutesInSam = () => notInSam('an app without routes');

export const functionInSam = (handler: string, name: string) =>
  notInSam(`functions besides ${handler}, such as ${name}`);

export const authorizerInSam = (kind: string, name: string) => notInSam(`authorizers of kind ${kind}, such as ${name}`);
