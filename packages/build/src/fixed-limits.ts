import { BuildError } from './build-error.js';
import {
  appNameTooLong,
  authorizerName,
  definitionTooLarge,
  maxAgeTooLong,
  scopeTooLong,
  templateTooLarge,
  tooManyIntegrations,
  tooManyScopes,
} from './errors/limits.js';
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
    throw new BuildError(authorizerName(name, firstUse(inventory, authorizer), NAME));
  }
}

/** @throws BuildError for an app that exceeds a limit of every HTTP API */
export function checkHttpApiLimits(inventory: Inventory): void {
  const { name, routes, source } = inventory;
  if (name.length > NAME) throw new BuildError(appNameTooLong(source, name.length, NAME));
  for (const route of routes) checkHttpRoute(route);
  const functions = [...new Set(routes.map((route) => route.function))];
  const beyond = functions[INTEGRATIONS];
  if (beyond === undefined) return;
  const first = routes.find((route) => route.function === beyond);
  throw new BuildError(tooManyIntegrations(functions.length, INTEGRATIONS, beyond, first?.source));
}

function checkHttpRoute(route: InventoryRoute): void {
  const { scopes = [], cors } = route;
  if (scopes.length > SCOPES_PER_ROUTE) throw new BuildError(tooManyScopes(route, scopes.length, SCOPES_PER_ROUTE));
  const long = scopes.find((scope) => scope.length > SCOPE);
  if (long !== undefined) throw new BuildError(scopeTooLong(route, long, SCOPE));
  if (cors?.maxAge !== undefined && cors.maxAge > MAX_AGE) {
    throw new BuildError(maxAgeTooLong(route, cors.maxAge, MAX_AGE));
  }
}

/** @throws BuildError for a definition that is too large for ImportRestApi */
export function checkDefinitionSize(definition: object): void {
  const bytes = Buffer.byteLength(JSON.stringify(definition));
  if (bytes <= DEFINITION) return;
  throw new BuildError(definitionTooLarge(bytes, DEFINITION));
}

/** @throws BuildError for a template that is too large for CloudFormation */
export function checkTemplateSize(template: object): void {
  const bytes = Buffer.byteLength(JSON.stringify(template));
  if (bytes <= TEMPLATE) return;
  throw new BuildError(templateTooLarge(bytes, TEMPLATE));
}
