/** The quotas that AWS raises on request ("Quotas for configuring and running" REST and HTTP APIs in API Gateway). */
export interface Quotas {
  /** "Resources per API" of a REST API, the root among them. */
  readonly resourcesPerRestApi: number;
  /** "Routes per API" of an HTTP API. */
  readonly routesPerHttpApi: number;
  /** "Authorizers per API" of either kind. */
  readonly authorizersPerApi: number;
}

/**
 * The quotas of an account without raised quotas.
 * @example const cloud = await startCloud({ quotas: { routesPerHttpApi: 2 * DEFAULT_QUOTAS.routesPerHttpApi } });
 */
export const DEFAULT_QUOTAS: Quotas = { resourcesPerRestApi: 300, routesPerHttpApi: 300, authorizersPerApi: 10 };
