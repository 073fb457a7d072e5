import type { Coded } from './errors/catalogue.js';
import type { BuildErrorCode, BuildWarningCode } from './errors/index.js';
import { reservedPath, tooManyAuthorizers, tooManyResources, tooManyRoutes } from './errors/warnings.js';
import type { HttpApiDefinition } from './http-api/http-api-definition.js';
import type { Inventory, InventoryAuthorizer, InventoryLine, InventoryRoute } from './inventory.js';
import { firstUse, usedAuthorizers } from './used-authorizers.js';

export type { BuildWarningCode } from './errors/index.js';

/** Not an error in the app, but it may keep the app from being deployed or reached. */
export interface BuildWarning {
  /** A warning's own code, or that of the error with which the artifacts refuse the app. */
  readonly code: BuildWarningCode | BuildErrorCode;
  /** One sentence: the problem, and what to do. */
  readonly message: string;
  /** The cause: the first route over a quota. */
  readonly source?: InventoryLine;
}

/**
 * Quotas that AWS raises on request, so that no tool can know them ("Quotas for configuring and running a REST API in
 * API Gateway", and the same for an HTTP API).
 */
const RESOURCES = 300;
const ROUTES = 300;
const AUTHORIZERS = 10;

/** Kinds for which API Gateway stores no authorizer. */
const WITHOUT_AUTHORIZER: ReadonlySet<InventoryAuthorizer['kind']> = new Set(['iam', 'apiKey']);

/** @param httpApi the definition of an HTTP API with routes */
export function appWarnings(inventory: Inventory, httpApi: HttpApiDefinition | undefined): readonly BuildWarning[] {
  const all = [
    ...(inventory.api === 'rest' ? [resourceQuota(inventory), ...reservedPaths(inventory)] : []),
    httpApi === undefined ? undefined : routeQuota(httpApi, inventory),
    authorizerQuota(inventory),
  ];
  return all.filter((warning) => warning !== undefined);
}

/** Each level of each path is a resource. So is the root, whether it has routes or not. */
function resourceQuota({ routes }: Inventory): BuildWarning | undefined {
  const resources = new Set(['/']);
  let beyond: InventoryRoute | undefined;
  for (const route of routes) {
    for (const level of levels(route.path)) resources.add(level);
    if (resources.size > RESOURCES) beyond ??= route;
  }
  if (beyond === undefined) return undefined;
  return warning(tooManyResources(resources.size, RESOURCES, beyond), beyond.source);
}

/** `/users/{id}` gives `/users` and `/users/{id}`. */
function levels(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, i) => parts.slice(0, i + 2).join('/'));
}

function routeQuota({ routes }: HttpApiDefinition, inventory: Inventory): BuildWarning | undefined {
  const beyond = routes[ROUTES];
  if (beyond === undefined) return undefined;
  const declared = inventory.routes.find(({ path }) => path === beyond.path);
  return warning(tooManyRoutes(routes.length, ROUTES, beyond), declared?.source);
}

function authorizerQuota(inventory: Inventory): BuildWarning | undefined {
  const kept = usedAuthorizers(inventory).filter(({ kind }) => !WITHOUT_AUTHORIZER.has(kind));
  const beyond = kept[AUTHORIZERS];
  if (beyond === undefined) return undefined;
  return warning(tooManyAuthorizers(kept.length, AUTHORIZERS, beyond.name), firstUse(inventory, beyond));
}

/** "Amazon API Gateway important notes": with a custom domain, the service's health check answers these paths. */
function reservedPaths({ routes }: Inventory): readonly BuildWarning[] {
  return ['/ping', '/sping'].flatMap((path) => {
    const route = routes.find((candidate) => candidate.path === path);
    return route === undefined ? [] : warning(reservedPath(route), route.source);
  });
}

function warning({ code, sentence }: Coded<BuildWarningCode>, source: InventoryLine | undefined): BuildWarning {
  return { code, message: sentence, ...(source === undefined ? {} : { source }) };
}
