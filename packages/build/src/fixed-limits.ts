import { at } from './api-definition/paths.js';
import { BuildError } from './errors.js';
import type { Inventory, InventoryRoute } from './inventory.js';
import { firstUse, usedAuthorizers } from './used-authorizers.js';

/** Characters of a name: CreateApi and CreateAuthorizer of the API Gateway V2 API. */
const NAME = 128;
/** "Quotas for configuring and running an HTTP API in API Gateway", those that AWS does not raise. */
const SCOPES_PER_ROUTE = 10;
const INTEGRATIONS = 300;
/** Characters of a scope: CreateRoute. */
const SCOPE = 64;
/** Seconds of `maxAge`: Cors of the API Gateway V2 API. */
const MAX_AGE = 86_400;
/** Bytes of a definition: ImportRestApi. */
const DEFINITION = 6 * 1024 * 1024;
/** Bytes of a template: "AWS CloudFormation quotas". */
const TEMPLATE = 1_000_000;

/** The syntax of component names in OpenAPI ("Components Object"), which applies to authorizers in a definition. */
const AUTHORIZER_NAME = /^[\w.-]+$/;

/**
 * @throws BuildError for an authorizer whose name API Gateway does not accept, with the line of the first route that it
 * guards
 */
export function checkAuthorizerNames(inventory: Inventory): void {
  for (const authorizer of usedAuthorizers(inventory)) {
    const { name } = authorizer;
    if (AUTHORIZER_NAME.test(name) && name.length <= NAME) continue;
    throw limit(
      `the authorizer "${name}"${at(firstUse(inventory, authorizer))} has a name that API Gateway does not accept; use letters, digits and any of _.-, at most ${NAME}`,
    );
  }
}

/** @throws BuildError for an app that exceeds a limit of every HTTP API */
export function checkHttpApiLimits(inventory: Inventory): void {
  const { name, routes, source } = inventory;
  if (name.length > NAME) {
    throw limit(
      `the app's name${at(source)} has ${name.length} characters; an HTTP API accepts ${NAME}, so shorten it`,
    );
  }
  for (const route of routes) checkHttpRoute(route);
  const functions = [...new Set(routes.map((route) => route.function))];
  const beyond = functions[INTEGRATIONS];
  if (beyond === undefined) return;
  const first = routes.find((route) => route.function === beyond);
  throw limit(
    `the routes call ${functions.length} functions, but an HTTP API has at most ${INTEGRATIONS} integrations; ${beyond}${at(first?.source)} is the first over the limit: move routes into another app`,
  );
}

function checkHttpRoute({ method, path, source, scopes = [], cors }: InventoryRoute): void {
  const route = `${method} ${path}${at(source)}`;
  if (scopes.length > SCOPES_PER_ROUTE) {
    throw limit(
      `${route} has ${scopes.length} scopes, but a route of an HTTP API accepts ${SCOPES_PER_ROUTE}; use fewer`,
    );
  }
  const long = scopes.find((scope) => scope.length > SCOPE);
  if (long !== undefined) {
    throw limit(
      `${route} has a scope of ${long.length} characters, but an HTTP API accepts ${SCOPE}; shorten "${long.slice(0, SCOPE)}…"`,
    );
  }
  if (cors?.maxAge !== undefined && cors.maxAge > MAX_AGE) {
    throw limit(`${route} has a CORS maxAge of ${cors.maxAge} seconds, but an HTTP API accepts ${MAX_AGE}; reduce it`);
  }
}

/** @throws BuildError for a definition that is too large for ImportRestApi */
export function checkDefinitionSize(definition: object): void {
  const bytes = Buffer.byteLength(JSON.stringify(definition));
  if (bytes <= DEFINITION) return;
  throw limit(
    `the API's definition has ${bytes} bytes, but API Gateway imports at most ${DEFINITION}; move routes into another app`,
  );
}

/** @throws BuildError for a template that is too large for CloudFormation */
export function checkTemplateSize(template: object): void {
  const bytes = Buffer.byteLength(JSON.stringify(template));
  if (bytes <= TEMPLATE) return;
  throw limit(
    `the template has ${bytes} bytes including the API's definition, but CloudFormation accepts ${TEMPLATE}; move routes into another app`,
  );
}

function limit(sentence: string): BuildError {
  return new BuildError('GOBLET_BUILD_LIMIT', sentence);
}
