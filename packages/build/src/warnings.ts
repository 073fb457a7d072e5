import type { BuildErrorCode, BuildWarningCode } from './error-codes.js';
import type { HttpApiDefinition } from './http-api/http-api-definition.js';
import type { Inventory, InventoryAuthorizer, InventoryLine, InventoryRoute } from './inventory.js';
import { firstUse, usedAuthorizers } from './used-authorizers.js';

export type { BuildWarningCode } from './error-codes.js';

/** What is no error of the app, and may keep it from being deployed, or from being reached where it is. */
export interface BuildWarning {
  /** A warning's own, or that of the error with which the artifacts refuse the app. */
  readonly code: BuildWarningCode | BuildErrorCode;
  /** One sentence: what there is, and what to do. */
  readonly message: string;
  /** What brings it about: the first route beyond a quota. */
  readonly source?: InventoryLine;
}

/**
 * What AWS raises on request, so that no tool can know it ("Quotas for configuring and running a REST API in API
 * Gateway", and the same for an HTTP API).
 */
const RESOURCES = 300;
const ROUTES = 300;
const AUTHORIZERS = 10;

/** Kinds that API Gateway keeps no authorizer for. */
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

/** Every level of every path is a resource, and so is the root, whether it has routes or not. */
function resourceQuota({ routes }: Inventory): BuildWarning | undefined {
  const resources = new Set(['/']);
  let beyond: InventoryRoute | undefined;
  for (const route of routes) {
    for (const level of levels(route.path)) resources.add(level);
    if (resources.size > RESOURCES) beyond ??= route;
  }
  if (beyond === undefined) return undefined;
  return warning(
    'GOBLET_BUILD_QUOTA_RESOURCES',
    `the paths are ${resources.size} resources (one a level, and the root), and API Gateway takes ${RESOURCES} in a REST API unless its quota "Resources per API" was raised; have it raised, or move routes into another app. ${named(beyond)} is the first beyond`,
    beyond.source,
  );
}

/** `/users/{id}` gives `/users` and `/users/{id}`. */
function levels(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, i) => parts.slice(0, i + 2).join('/'));
}

function routeQuota({ routes }: HttpApiDefinition, inventory: Inventory): BuildWarning | undefined {
  const beyond = routes[ROUTES];
  if (beyond === undefined) return undefined;
  return warning(
    'GOBLET_BUILD_QUOTA_ROUTES',
    `the app has ${routes.length} routes (one of them for each path's other methods, and one for HEAD of a guarded GET), and API Gateway takes ${ROUTES} in an HTTP API unless its quota "Routes per API" was raised; have it raised, or move routes into another app. ${named(beyond)} is the first beyond`,
    inventory.routes.find(({ path }) => path === beyond.path)?.source,
  );
}

function authorizerQuota(inventory: Inventory): BuildWarning | undefined {
  const kept = usedAuthorizers(inventory).filter(({ kind }) => !WITHOUT_AUTHORIZER.has(kind));
  const beyond = kept[AUTHORIZERS];
  if (beyond === undefined) return undefined;
  return warning(
    'GOBLET_BUILD_QUOTA_AUTHORIZERS',
    `the routes name ${kept.length} authorizers, and API Gateway takes ${AUTHORIZERS} in an API unless AWS Support raised its quota "Authorizers per API"; have it raised, or share authorizers. ${beyond.name} is the first beyond`,
    firstUse(inventory, beyond),
  );
}

/** "Amazon API Gateway important notes": with a custom domain, these are answered by the service's health check. */
function reservedPaths({ routes }: Inventory): readonly BuildWarning[] {
  return ['/ping', '/sping'].flatMap((path) => {
    const route = routes.find((candidate) => candidate.path === path);
    if (route === undefined) return [];
    return warning(
      'GOBLET_BUILD_PATH_RESERVED',
      `${named(route)} is out of reach under a custom domain, where API Gateway answers ${path} itself; choose another path`,
      route.source,
    );
  });
}

function named({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${path}`;
}

function warning(code: BuildWarningCode, message: string, source: InventoryLine | undefined): BuildWarning {
  return { code, message, ...(source === undefined ? {} : { source }) };
}
