import type { AuthorizerKind, Inventory, InventoryRoute } from '@goblet/build';
import { claimText, type Invoker, type Route } from '@goblet/cloud/execute-api';
import { CliError } from '../cli-error.js';
import { notAssumed, unknownAuthorizer } from '../errors/option.js';
import type { ServedApi } from './served-api.js';

type Result = Readonly<Record<string, unknown>>;

/** The assumed results of authorizers for every caller, by name (`--auth`). */
export type AssumedResults = Readonly<Record<string, Result>>;

/** The caller that replaces the authorizers of a route. */
export interface AssumedCaller {
  readonly kind: AuthorizerKind;
  readonly result: Result;
}

/** By `GET /users/{id}`; absent for routes whose authorizers are called. */
export type AssumedCallers = Readonly<Record<string, readonly AssumedCaller[]>>;

/**
 * The API without the skipped authorizers, and the results for their routes.
 * @throws CliError GOBLET_CLI_OPTION for a name that the app does not declare
 */
export function assumeCallers(
  api: ServedApi,
  inventory: Inventory,
  assumed: AssumedResults,
): { readonly api: ServedApi; readonly callers: AssumedCallers } {
  const kinds = new Map(inventory.authorizers.map(({ name, kind }) => [name, kind]));
  for (const name of Object.keys(assumed)) {
    if (!kinds.has(name)) throw new CliError(unknownAuthorizer(name, [...kinds.keys()]));
  }
  const callers: Record<string, readonly AssumedCaller[]> = {};
  const routes = api.model.routes.map((route) => {
    const standIns = (declaredRoute(route, inventory.routes)?.auth ?? []).flatMap((name): AssumedCaller[] => {
      const kind = kinds.get(name);
      const result = assumed[name];
      return kind === undefined || result === undefined ? [] : [{ kind, result }];
    });
    if (standIns.length === 0) return route;
    callers[`${route.method} ${route.path}`] = standIns;
    const decided = standIns.some(({ kind }) => kind !== 'apiKey');
    return {
      ...route,
      ...(decided && { authorization: { kind: 'NONE' } as const }),
      apiKeyRequired: route.apiKeyRequired && !standIns.some(({ kind }) => kind === 'apiKey'),
    };
  });
  return { api: { ...api, model: { ...api.model, routes } }, callers };
}

/** The declared route; a derived HEAD uses its GET. */
function declaredRoute({ method, path }: Route, routes: readonly InventoryRoute[]): InventoryRoute | undefined {
  const declared = (wanted: string) => routes.find((route) => route.path === path && route.method === wanted);
  return declared(method) ?? (method === 'HEAD' ? declared('GET') : undefined);
}

/** The members of an event that name its route, in either payload format. */
interface RoutedEvent {
  readonly routeKey?: string;
  readonly httpMethod?: string;
  readonly resource?: string;
  readonly requestContext: Record<string, unknown>;
}

/** Writes the callers into the events of their routes, as the gateway writes an authorizer's result. */
export function withCallers(invoker: Invoker, callers: AssumedCallers): Invoker {
  if (Object.keys(callers).length === 0) return invoker;
  return {
    invoke: (uri, event, signal, sourceArn) => {
      const routed = event as RoutedEvent;
      const standIns = callers[routed.routeKey ?? `${routed.httpMethod} ${routed.resource}`] ?? [];
      for (const standIn of standIns) {
        if (routed.routeKey === undefined) tellRest(routed.requestContext, standIn);
        else tellHttp(routed.requestContext, standIn);
      }
      return invoker.invoke(uri, event, signal, sourceArn);
    },
  };
}

const PRINCIPAL = { principalId: 'local' };
const SIGNER = { accountId: '000000000000', userArn: 'arn:aws:iam::000000000000:root', callerId: '000000000000' };

function tellRest(context: Record<string, unknown>, { kind, result }: AssumedCaller): void {
  if (kind === 'apiKey') {
    context.identity = { ...(context.identity as object), apiKeyId: 'local', ...result };
  } else if (kind === 'iam') {
    const { callerId, ...signer } = { ...SIGNER, ...result };
    context.identity = { ...(context.identity as object), ...signer, caller: callerId };
  } else {
    context.authorizer =
      kind === 'authorizer' ? texts({ ...PRINCIPAL, ...result }, restText) : { claims: texts(result, restText) };
  }
}

function tellHttp(context: Record<string, unknown>, { kind, result }: AssumedCaller): void {
  if (kind === 'iam') context.authorizer = { iam: { ...SIGNER, ...result } };
  else if (kind === 'authorizer') context.authorizer = { lambda: { ...PRINCIPAL, ...result } };
  else context.authorizer = { jwt: { claims: texts(result, claimText), scopes: scopesOf(result) } };
}

/** Claims, and results of REST authorizers, arrive as text. */
function texts(result: Result, text: (value: unknown) => string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(result).flatMap(([name, value]) => (value === null ? [] : [[name, text(value)]])),
  );
}

/** A claim as REST APIs pass it to functions. */
function restText(value: unknown): string {
  if (Array.isArray(value)) return value.join(',');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function scopesOf({ scope }: Result): readonly string[] | null {
  return typeof scope === 'string' ? scope.split(' ') : null;
}

/**
 * Reads `user={"sub":"ann"}`.
 * @throws CliError GOBLET_CLI_OPTION if it is not a name and a JSON object
 */
export function parseAssumed(given: readonly string[]): AssumedResults {
  return Object.fromEntries(
    given.map((text) => {
      const equals = text.indexOf('=');
      const result = equals === -1 ? {} : jsonObject(text.slice(equals + 1));
      const name = equals === -1 ? text : text.slice(0, equals);
      if (name !== '' && result !== undefined) return [name, result];
      throw new CliError(notAssumed(text));
    }),
  );
}

function jsonObject(text: string): Result | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Result) : undefined;
  } catch {
    return undefined;
  }
}
