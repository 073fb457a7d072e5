import { albDialectOf } from '#parts/alb';
import { httpDialectOf } from '#parts/http';
import { restDialectOf } from '#parts/rest';
import { urlDialectOf } from '#parts/url';
import { noFrontDoor } from '../errors/requests.js';
import type { Dialect, GatewayEvent } from './dialect.js';

/** @throws TypeError for an event of unknown shape, or of a shape that the bundle omits */
export function dialectOf(given: unknown): [GatewayEvent, Dialect] {
  const event = Object(given) as GatewayEvent;
  const dialect = restDialectOf(event) ?? httpDialectOf(event) ?? urlDialectOf(event) ?? albDialectOf(event);
  if (!dialect) throw new TypeError(noFrontDoor(event));
  return [event, dialect];
}
