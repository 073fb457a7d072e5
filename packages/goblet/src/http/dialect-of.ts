import type { Dialect, GatewayEvent } from './dialect.js';
import { albDialect } from './dialect-alb.js';
import { urlDialect } from './dialect-url.js';
import { restDialect } from './dialect-v1.js';
import { httpDialect } from './dialect-v2.js';

function isUrl(event: GatewayEvent): boolean {
  const domain: unknown = event.requestContext?.domainName;
  return typeof domain === 'string' && domain.includes('.lambda-url.');
}

function known(event: GatewayEvent): Dialect | undefined {
  if (process.env.GOBLET_OMIT_REST !== '1') if (event.httpMethod && event.resource) return restDialect;
  if (process.env.GOBLET_OMIT_HTTP !== '1') if (event.requestContext?.http && !isUrl(event)) return httpDialect;
  if (process.env.GOBLET_OMIT_URL !== '1') if (event.requestContext?.http && isUrl(event)) return urlDialect;
  if (process.env.GOBLET_OMIT_ALB !== '1') if (event.httpMethod && event.requestContext?.elb) return albDialect;
  return undefined;
}

/** @throws TypeError for an event of unknown shape, or of a shape that the bundle omits */
export function dialectOf(given: unknown): [GatewayEvent, Dialect] {
  const event = Object(given) as GatewayEvent;
  const dialect = known(event);
  if (!dialect) throw new TypeError(`GOBLET_EVENT_UNKNOWN: no front door sends [${Object.keys(event)}]`);
  return [event, dialect];
}
