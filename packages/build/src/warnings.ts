import type { BuildErrorCode, BuildWarningCode } from './error-codes.js';
import type { HttpApiDefinition } from './http-api/http-api-definition.js';
import type { Inventory, InventoryAuthorizer, InventoryLine, InventoryRoute } from './inventory.js';
import { firstUse, usedAuthorizers } from './used-authorizers.js';

export type { BuildWarningCode } from './error-codes.js';

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
  return warning(
    'GOBLET_BUILD_QUOTA_RESOURCES',
    `the paths make ${resources.size} resources (one for each level, and the root), but API Gateway accepts ${RESOURCES} in a REST API unless AWS raised the quota "Resources per API"; raise it, or move routes into another app. ${named(beyond)} is the first over the quota`,
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
    `the app has ${routes.length} routes (including one for each path's other methods, and one for HEAD of each guarded GET), but API Gateway accepts ${ROUTES} in an HTTP API unless AWS raised the quota "Routes per API"; raise it, or move routes into another app. ${named(beyond)} is the first over the quota`,
    inventory.routes.find(({ path }) => path === beyond.path)?.source,
  );
}

function authorizerQuota(inventory: Inventory): BuildWarning | undefined {
  const kept = usedAuthorizers(inventory).filter(({ kind }) => !WITHOUT_AUTHORIZER.has(kind));
  const beyond = kept[AUTHORIZERS];
  if (beyond === undefined) return undefined;
  return warning(
    'GOBLET_BUILD_QUOTA_AUTHORIZERS',
    `the routes name ${kept.length} authorizers, but API Gateway accepts ${AUTHORIZERS} in an API unless AWS Support raised the quota "Authorizers per API"; raise it, or share authorizers. ${beyond.name} is the first over the quota`,
    firstUse(inventory, beyond),
  );
}

/** "Amazon API Gateway important notes": with a custom domain, the service's health check answers these paths. */
function reservedPaths({ routes }: Inventory): readonly BuildWarning[] {
  return ['/ping', '/sping'].flatMap((path) => {
    const route = routes.find((candidate) => candidate.path === path);
    if (route === undefined) return [];
    return warning(
      'GOBLET_BUILD_PATH_RESERVED',
      `${named(route)} cannot be reached under a custom domain, where API Gateway answers ${path} itself; choose another path`,
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
