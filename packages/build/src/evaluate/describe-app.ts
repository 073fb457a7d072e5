import type { AppDefinition, AuthorizerDefinition, EnvType, SourceDefinition } from 'goblet/definition';
import type {
  Inventory,
  InventoryAuthorizer,
  InventoryFunction,
  InventorySource,
  InventoryVariable,
} from '../inventory.js';
import { describeRoute } from './describe-route.js';
import { acceptsAbsence, isSchema } from './json-schema.js';
import { plainOptions } from './plain-options.js';
import { capitalise, SchemaNames } from './schema-names.js';
import { projectLine } from './source-line.js';

export interface LoadedApp {
  readonly definition: AppDefinition;
  /** The entry module's exports, which name routes and schemas. */
  readonly exports: Readonly<Record<string, unknown>>;
}

/** The inventory of an evaluated app. `entry` is relative to `project`, an absolute path. */
export async function describeApp(app: LoadedApp, entry: string, project: string): Promise<Inventory> {
  const { definition } = app;
  const names = new SchemaNames(app.exports);
  const handles = routeHandles(app.exports);
  const routes = definition.routes.map((route) =>
    describeRoute(route, handles.get(`${route.method} ${route.path}`), names, project),
  );
  const sources = Object.entries(definition.sources).map(([name, source]) =>
    describeSource(name, source, definition, names, project),
  );
  const source = projectLine(definition.source, project);
  return {
    version: 1,
    name: definition.name,
    api: definition.api,
    entry,
    // Apps of older versions of the framework have none.
    ...(definition.alsoBehind?.length ? { alsoBehind: definition.alsoBehind } : {}),
    functions: functionsOf(definition),
    routes,
    authorizers: Object.entries(definition.auth).map(([name, authorizer]) => describeAuthorizer(name, authorizer)),
    sources,
    environment: await Promise.all(Object.entries(definition.env).map(([name, type]) => describeVariable(name, type))),
    schemas: names.all(),
    bundleConditions: definition.bundleConditions ?? [],
    ...(source === undefined ? {} : { source }),
  };
}

/** `export const createUser = app.post(…)`: the export's name by method and path. */
function routeHandles(moduleExports: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const handles = new Map<string, string>();
  for (const [name, value] of Object.entries(moduleExports)) {
    if (typeof value !== 'object' || value === null || !('method' in value) || !('path' in value)) continue;
    handles.set(`${String(value.method)} ${String(value.path)}`, name);
  }
  return handles;
}

function functionsOf(definition: AppDefinition): readonly InventoryFunction[] {
  const functions = new Map<string, InventoryFunction>();
  for (const route of definition.routes) {
    const stream = route.options.stream === true ? ({ stream: true } as const) : {};
    functions.set(route.function, { name: route.function, kind: 'api', ...stream });
  }
  for (const handler of definition.handlers) functions.set(handler.source, { name: handler.source, kind: 'source' });
  for (const [name, authorizer] of Object.entries(definition.auth)) {
    if (authorizer.kind === 'authorizer') functions.set(name, { name, kind: 'authorizer' });
  }
  return [...functions.values()];
}

function describeAuthorizer(name: string, authorizer: AuthorizerDefinition): InventoryAuthorizer {
  const { plain } = plainOptions(authorizer.options);
  return {
    name,
    kind: authorizer.kind,
    ...(authorizer.kind === 'authorizer' ? { function: name } : {}),
    options: plain,
  };
}

function describeSource(
  name: string,
  source: SourceDefinition,
  definition: AppDefinition,
  names: SchemaNames,
  project: string,
): InventorySource {
  const handler = definition.handlers.find((candidate) => candidate.source === name);
  const { plain, schemas } = plainOptions(source.options);
  const line = projectLine(handler?.line, project);
  return {
    name,
    kind: source.kind,
    ...(handler === undefined ? {} : { function: name }),
    options: plain,
    schemas: Object.fromEntries(
      Object.entries(schemas).map(([option, schema]) => [
        option,
        names.name(schema, [name, ...option.split(/[^A-Za-z0-9]+/)].map(capitalise).join('')),
      ]),
    ),
    ...(line === undefined ? {} : { source: line }),
  };
}

async function describeVariable(name: string, type: EnvType): Promise<InventoryVariable> {
  if (type === String) return { name, type: 'string', required: true };
  if (type === Number) return { name, type: 'number', required: true };
  if (type === Boolean) return { name, type: 'boolean', required: true };
  return { name, type: 'schema', required: !(isSchema(type) && (await acceptsAbsence(type))) };
}
