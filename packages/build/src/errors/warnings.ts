import { coded } from './catalogue.js';

/** A route as warnings name it; `source` shows its line. */
interface Route {
  readonly method: string;
  readonly path: string;
}

const named = ({ method, path }: Route): string => `${method} ${path}`;

export const GOBLET_BUILD_PATH_RESERVED =
  'A route of a REST API has the path `/ping` or `/sping`. Under a custom domain API Gateway answers these paths itself. Choose another path.';

export const reservedPath = (route: Route) =>
  coded(
    'GOBLET_BUILD_PATH_RESERVED',
    `${named(route)} cannot be reached under a custom domain, where API Gateway answers ${route.path} itself; choose another path`,
  );

export const GOBLET_BUILD_QUOTA_AUTHORIZERS =
  'The routes use more than ten authorizers that API Gateway stores (all except `iam()` and `apiKey()`). Share authorizers, or ask AWS Support to raise "Authorizers per API".';

/** @param beyond the first authorizer over the quota */
export const tooManyAuthorizers = (authorizers: number, quota: number, beyond: string) =>
  coded(
    'GOBLET_BUILD_QUOTA_AUTHORIZERS',
    `the routes name ${authorizers} authorizers, but API Gateway accepts ${quota} in an API unless AWS Support raised the quota "Authorizers per API"; raise it, or share authorizers. ${beyond} is the first over the quota`,
  );

export const GOBLET_BUILD_QUOTA_RESOURCES =
  'The paths of a REST API create more than 300 resources. Each level of each path is a resource. So is the root, which Goblet counts because AWS does not document that it is free. Raise "Resources per API" in Service Quotas, or move routes into another app.';

/** @param beyond the first route over the quota */
export const tooManyResources = (resources: number, quota: number, beyond: Route) =>
  coded(
    'GOBLET_BUILD_QUOTA_RESOURCES',
    `the paths make ${resources} resources (one for each level, and the root), but API Gateway accepts ${quota} in a REST API unless AWS raised the quota "Resources per API"; raise it, or move routes into another app. ${named(beyond)} is the first over the quota`,
  );

export const GOBLET_BUILD_QUOTA_ROUTES =
  'An HTTP API has more than 300 routes. Each declared route counts, and so do each path\'s any-method (with which the function answers 405) and a HEAD for each guarded GET. Raise "Routes per API" in Service Quotas, or move routes into another app. CloudFormation accepts 500 resources in a stack, and each route is one.';

/** @param beyond the first route over the quota */
export const tooManyRoutes = (routes: number, quota: number, beyond: Route) =>
  coded(
    'GOBLET_BUILD_QUOTA_ROUTES',
    `the app has ${routes} routes (including one for each path's other methods, and one for HEAD of each guarded GET), but API Gateway accepts ${quota} in an HTTP API unless AWS raised the quota "Routes per API"; raise it, or move routes into another app. ${named(beyond)} is the first over the quota`,
  );
