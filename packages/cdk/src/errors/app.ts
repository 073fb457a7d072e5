import type { InventoryLine, InventoryRoute } from '@goblet/build' with { 'resolution-mode': 'import' };
import { coded } from './catalogue.js';
import { at, type Declared, placed } from './place.js';

export const GOBLET_CDK_APP_EMPTY =
  'The app declares neither a route nor a source, so there is nothing to create. Either the entry file does not import the module that declares them, or the entry is the wrong file.';

export const appEmpty = (source: InventoryLine | undefined) =>
  coded(
    'GOBLET_CDK_APP_EMPTY',
    `the app${at(source)} has neither routes nor sources when it is loaded; import the module that declares them, or give another entry`,
  );

export const GOBLET_CDK_BUILD_FAILED =
  '`goblet-build` ended without an answer, or has another version than the construct. Its own output is above the error. Install the same version of all packages.';

export const noAnswer = (entry: string, exitCode: number | NodeJS.Signals | null) =>
  coded(
    'GOBLET_CDK_BUILD_FAILED',
    `goblet-build ended without an answer for ${entry} (exit code ${exitCode}); its own output is above`,
  );

export const otherVersion = (written: unknown, read: number) =>
  coded(
    'GOBLET_CDK_BUILD_FAILED',
    `@goblet/build writes inventories of version ${String(written)}, but @goblet/cdk reads version ${read}; install the same version of both`,
  );

export const unknownPlaceholder = (placeholder: string) =>
  coded('GOBLET_CDK_BUILD_FAILED', `the definition has an unknown placeholder ${placeholder}`);

/** The error of `@goblet/build`, which the construct reports when it stops the build itself. */
export const stillLoading = (entry: string, milliseconds: number, stack: string | undefined) =>
  coded(
    'GOBLET_BUILD_APP_TIMEOUT',
    `${entry} was still loading after ${milliseconds / 1000} seconds; move the waiting code into setup`,
    stack,
  );

export const GOBLET_CDK_FRONT_DOOR_OPEN =
  'The app is also behind a Function URL or a load balancer that cannot check the authorizer of a guarded route, so the route could only answer 401 there. A Function URL checks signatures (`iam()`), a load balancer checks nothing.';

/** A front door: its name in `alsoBehind` and in messages, and the kinds of authorizers that it checks. */
export interface FrontDoor {
  readonly door: string;
  readonly called: string;
  readonly checks: readonly string[];
}

export const uncheckedRoute = (
  { method, path, source }: InventoryRoute,
  guard: string | undefined,
  { door, called, checks }: FrontDoor,
) => {
  const others = checks.length === 0 ? '' : `, or guard the route by ${checks.join(' or ')}()`;
  return coded(
    'GOBLET_CDK_FRONT_DOOR_OPEN',
    `${method} ${path}${at(source)} is guarded by ${guard}, which ${called} does not check; remove '${door}' from alsoBehind${others}`,
  );
};

export const GOBLET_CDK_NAME_RESERVED =
  'A function has the id of another child of the construct: `RestApi`, `HttpApi`, `WebSocketApi`, `AccessLogs`, `Domain`, or the name of another function followed by `Logs`, `Role`, `Policy`, `Schedule`, `Rule`, `Topic` or `Bucket`.';

export const nameReserved = (fn: Declared) =>
  coded('GOBLET_CDK_NAME_RESERVED', `${placed(fn)} is a name that the construct uses; give the function another name`);

export const GOBLET_CDK_NOT_SUPPORTED =
  'The app declares a source of a kind that the construct does not support, or a second WebSocket API.';

export const kindNotSupported = (kind: string, source: Declared) =>
  coded(
    'GOBLET_CDK_NOT_SUPPORTED',
    `the construct does not support sources of kind ${kind} yet, and ${placed(source)} is one`,
  );

export const secondWebSocketApi = (first: string | undefined, second: Declared) =>
  coded(
    'GOBLET_CDK_NOT_SUPPORTED',
    `the app has the WebSocket APIs ${first} and ${placed(second)}, but the construct supports one; give them one source with the route keys of both, or two apps`,
  );

export const GOBLET_CDK_SOURCE_UNHANDLED = 'The app declares a source but does not handle it. Write `app.on(name, …)`.';

export const sourceUnhandled = (source: string, app: InventoryLine | undefined) =>
  coded(
    'GOBLET_CDK_SOURCE_UNHANDLED',
    `the app${at(app)} declares the source ${source} but does not handle it; write app.on('${source}', …)`,
  );
