import { Duration } from 'aws-cdk-lib';
import type { CorsHttpMethod, CorsPreflightOptions } from 'aws-cdk-lib/aws-apigatewayv2';
import { GobletError } from './errors.js';
import { at, type Inventory, type InventoryRoute } from './inventory.js';

/**
 * An HTTP API has one CORS configuration for all of its routes, and answers preflights itself.
 * @throws GobletError GOBLET_CDK_CORS_NOT_UNIFORM where two routes differ, with both lines
 */
export function httpCors({ routes }: Inventory): CorsPreflightOptions | undefined {
  const [first] = routes;
  if (first === undefined) return undefined;
  const other = routes.find((route) => settings(route) !== settings(first));
  if (other !== undefined) {
    throw new GobletError(
      'GOBLET_CDK_CORS_NOT_UNIFORM',
      `an HTTP API has one CORS configuration, and ${named(first)} and ${named(other)} differ; set cors on the app, or declare api: 'rest'`,
    );
  }
  const { cors } = first;
  if (cors === undefined) return undefined;
  const methods = new Set(routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])));
  return {
    allowOrigins: [...cors.origins],
    allowMethods: [...methods] as CorsHttpMethod[],
    allowHeaders: [...cors.headers],
    exposeHeaders: [...cors.exposeHeaders],
    allowCredentials: cors.credentials,
    ...(cors.maxAge === undefined ? {} : { maxAge: Duration.seconds(cors.maxAge) }),
  };
}

function settings({ cors }: InventoryRoute): string {
  return JSON.stringify(cors ?? null);
}

function named({ method, path, source }: InventoryRoute): string {
  return `${method} ${path}${at(source)}`;
}
