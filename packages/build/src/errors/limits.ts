import type { InventoryLine, InventoryRoute } from '../inventory.js';
import { coded } from './catalogue.js';
import { at, routeAt } from './place.js';

export const GOBLET_BUILD_LIMIT = [
  'The app exceeds a limit that AWS does not raise. The message says which limit, and at which line.',
  '',
  '| limit | at most |',
  '| --- | --- |',
  '| scopes of a route, in an HTTP API | 10 |',
  '| characters of a scope, in an HTTP API | 64 |',
  '| integrations of an HTTP API | 300 |',
  "| characters of the app's name, for an HTTP API | 128 |",
  '| CORS `maxAge`, in an HTTP API | 86,400 seconds |',
  '| name of an authorizer | 128 letters, digits and `_.-` |',
  '| definition of an API | 6 MiB |',
  '| template | 1,000,000 bytes |',
].join('\n');

const limit = (sentence: string) => coded('GOBLET_BUILD_LIMIT', sentence);

/** @param firstUse the line of the first route that the authorizer guards */
export const authorizerName = (name: string, firstUse: InventoryLine | undefined, most: number) =>
  limit(
    `the authorizer "${name}"${at(firstUse)} has a name that API Gateway does not accept; use letters, digits and any of _.-, at most ${most}`,
  );

export const appNameTooLong = (source: InventoryLine | undefined, characters: number, most: number) =>
  limit(`the app's name${at(source)} has ${characters} characters; an HTTP API accepts ${most}, so shorten it`);

/** @param beyond the first function over the limit, and a route that calls it */
export const tooManyIntegrations = (
  functions: number,
  most: number,
  beyond: string,
  source: InventoryLine | undefined,
) =>
  limit(
    `the routes call ${functions} functions, but an HTTP API has at most ${most} integrations; ${beyond}${at(source)} is the first over the limit: move routes into another app`,
  );

export const tooManyScopes = (route: InventoryRoute, scopes: number, most: number) =>
  limit(`${routeAt(route)} has ${scopes} scopes, but a route of an HTTP API accepts ${most}; use fewer`);

export const scopeTooLong = (route: InventoryRoute, scope: string, most: number) =>
  limit(
    `${routeAt(route)} has a scope of ${scope.length} characters, but an HTTP API accepts ${most}; shorten "${scope.slice(0, most)}…"`,
  );

export const maxAgeTooLong = (route: InventoryRoute, seconds: number, most: number) =>
  limit(`${routeAt(route)} has a CORS maxAge of ${seconds} seconds, but an HTTP API accepts ${most}; reduce it`);

export const definitionTooLarge = (bytes: number, most: number) =>
  limit(
    `the API's definition has ${bytes} bytes, but API Gateway imports at most ${most}; move routes into another app`,
  );

export const templateTooLarge = (bytes: number, most: number) =>
  limit(
    `the template has ${bytes} bytes including the API's definition, but CloudFormation accepts ${most}; move routes into another app`,
  );
