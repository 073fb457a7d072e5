import type { AppBuild, ExplainReply, FailureReply, Inventory, InventoryLine } from '@goblet/build' with {
  'resolution-mode': 'import',
};
import { otherVersion } from './errors/app.js';
import { buildFailure, GobletError } from './goblet-error.js';

// Only types: `@goblet/build` runs as a separate process, and this file reads its output.
export type {
  AppBuild,
  HttpApiAuthorizer,
  HttpApiCors,
  HttpApiDefinition,
  Inventory,
  InventoryAuthorizer,
  InventorySource,
} from '@goblet/build' with { 'resolution-mode': 'import' };

const VERSION: AppBuild['inventory']['version'] = 1;

/** @throws GobletError for a failure in the reply, and for an inventory of another version */
export function parseReply(text: string): AppBuild {
  const reply = JSON.parse(text) as AppBuild | FailureReply;
  if ('failure' in reply) throw buildFailure(reply.failure);
  const { version } = reply.inventory;
  if (version !== VERSION) throw new GobletError(otherVersion(version, VERSION));
  return reply;
}

/** The line that declares a function: its first route, its handler, or the first route that it guards. */
export function functionLine({ routes, sources }: Inventory, name: string): InventoryLine | undefined {
  const declared =
    routes.find((route) => route.function === name) ??
    sources.find((source) => source.function === name) ??
    routes.find(({ auth }) => auth.includes(name));
  return declared?.source;
}

/** The stack trace of the place where an app loops or waits while it loads; undefined without a reply. */
export function explainedStack(text: string): string | undefined {
  return text === '' ? undefined : (JSON.parse(text) as ExplainReply).stack;
}
