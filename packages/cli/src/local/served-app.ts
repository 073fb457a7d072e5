import type { Inventory } from '@goblet/build';
import { CliError } from '../cli-error.js';
import { noRoutes, onlySources, variablesMissing } from '../errors/local.js';
import type { AssumedResults } from './assumed-callers.js';
import { missingVariables } from './missing-variables.js';

const INSTEAD = "try their handlers with the test client's send, or deploy them";

const namesOf = (sources: Inventory['sources']): string =>
  sources.map((source) => `${source.name} (${source.kind})`).join(', ');

/** @throws CliError GOBLET_CLI_APP if the app has no routes, or needs variables that the environment does not have */
export function refuseUnservable(inventory: Inventory, environment: Readonly<Record<string, string>>): void {
  const { name, routes, sources } = inventory;
  if (routes.length === 0) {
    throw new CliError(sources.length === 0 ? noRoutes(name) : onlySources(name, namesOf(sources), INSTEAD));
  }
  const missing = missingVariables(inventory, environment);
  if (missing.length > 0) throw new CliError(variablesMissing(name, missing));
}

/** Says which parts of the app are not served; undefined if all are. */
export function unservedSources({ sources }: Inventory): string | undefined {
  if (sources.length === 0) return undefined;
  return `goblet local serves only routes, not ${namesOf(sources)}; ${INSTEAD}`;
}

/** The kinds of authorizers that routes name and that are not skipped. */
export function checkedKinds({ routes, authorizers }: Inventory, assumed: AssumedResults): ReadonlySet<string> {
  const used = new Set(routes.flatMap(({ auth }) => auth));
  return new Set(
    authorizers.filter(({ name }) => used.has(name) && assumed[name] === undefined).map(({ kind }) => kind),
  );
}
