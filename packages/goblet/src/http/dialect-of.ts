import type { Dialect, GatewayEvent } from './dialect.js';
import { albDialect, restDialect } from './dialect-v1.js';
import { httpDialect, urlDialect } from './dialect-v2.js';

/** @throws TypeError for an event of no known shape */
export function dialectOf(given: unknown): [GatewayEvent, Dialect] {
  if (typeof given === 'object' && given !== null) {
    const event = given as GatewayEvent;
    const { requestContext: context } = event;
    if (event.version === '2.0' && context?.http)
      return [event, context.domainName?.includes('.lambda-url.') ? urlDialect : httpDialect];
    if (typeof event.httpMethod === 'string') {
      if (context?.elb) return [event, albDialect];
      if (typeof event.resource === 'string') return [event, restDialect];
    }
  }
  throw new TypeError(
    'GOBLET_EVENT_UNKNOWN: the event comes from none of API Gateway (payload 1.0, 2.0), a Function URL, or an ALB',
  );
}
