import { guarded as guardedIfAny } from '#parts/auth';
import type { FlatRoute } from '../declare/app-runtime.js';
import { withoutAuthorizers, withoutScopes } from '../errors/app.js';
import type { Stage } from '../http/exchange.js';
import type { Container } from '../lambda/container.js';

/*
 * The parts of a bundle whose app does without them: package.json says under which condition. Bundlers drop calls of
 * functions that do nothing.
 */

// tooling
export function appDeclared(): void {}
export function appStarted(): void {}
export function bucketEvent(): undefined {}
export function busEncoder(): undefined {}
export function checkAuthorizer(): void {}
export function checkContent(): void {}
export function checkErrorStatus(): void {}
export function checkMessages(): void {}
export function checkPattern(): void {}
export function checkQueue(): void {}
export function checkSchedule(): void {}
export function checkServed(): void {}
export function newChecks(): undefined {}
export function checkStream(): void {}
export function definedForTools(): void {}
export function dynamoDbEvent(): undefined {}
export function functionDeclared(): undefined {}
export function kinesisEvent(): undefined {}
export function mountDeclared(): undefined {}
export function notificationEncoder(): undefined {}
export function queueEvent(): undefined {}
export function routeDeclared(): undefined {}
export function routerDeclared(): void {}
export function scheduledEvent(): undefined {}
export function scopeDeclared(): void {}
export function topicEvent(): undefined {}
export function webSocketEvent(): undefined {}

// auth
export function authorizerHandler(): undefined {}
export function readAuth(): undefined {}
/** @throws TypeError for a guarded route, which must not be open */
export function guarded({ auth }: FlatRoute, inner: Stage): Stage {
  if (auth.length) throw new TypeError(withoutAuthorizers);
  return inner;
}

// scopes
export function checkScopes(): void {}
/** @throws TypeError for a route with scopes, which must not be open to other tokens */
export function admitScopes(scopes: readonly string[] | undefined): void {
  if (scopes) throw new TypeError(withoutScopes);
}

// cors
export function corsUnder(): undefined {}
export function corsHeaders(): void {}
export function preflight(): undefined {}

// middleware
export function addStep(): void {}
export function layersOf(): undefined {}
export { guardedIfAny as onion };

// functions
export function functionOf(): undefined {}
export function servedElsewhere(): undefined {}

// mounts, listeners, events
export function addMount(): void {}
export function flattenMount(): void {}
export function mountedPath(): undefined {}
export function addListener(): void {}
export function flattenListener(): void {}
export function askListeners(): undefined {}
export function addHandler(): void {}
export function flattenHandler(): void {}
export function sourceHandler(): undefined {}

// env, setup, teardown
export const parseEnv = (): object => ({});
export function start(container: Container): undefined {
  container.started = true;
}
export function startAtOnce(): void {}
export function endOnSigterm(): void {}

// debug, compression, schemas, paths, stream
export function debugDetails(): undefined {}
export function compressed(): undefined {}
export function betweenSchemas(): undefined {}
export function matchedPath(): undefined {}
export function streamed(): undefined {}
export function streaming(): undefined {}
export function streams(): undefined {}

// rest, http, url, alb
export function restDialectOf(): undefined {}
export function httpDialectOf(): undefined {}
export function urlDialectOf(): undefined {}
export function albDialectOf(): undefined {}
