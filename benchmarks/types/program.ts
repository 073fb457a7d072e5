/**
 * Writes one service twice: with Goblet, and as plain functions over the same Zod schemas with the same handlers.
 * Every route is a full one: body, query, captured names or a schema of them, response, status, errors.
 */

/** With Goblet, or the same schemas and handlers without it. */
export type Form = 'goblet' | 'schemas';

/** A service split over the files of its routers, or in one file on the app itself. */
export type Layout = 'routers' | 'one file';

/** The text of each file, by its name. */
export type Program = ReadonlyMap<string, string>;

/** A route, as both forms are written from it. */
interface Route {
  readonly name: string;
  readonly verb: 'post' | 'put' | 'patch';
  /** Below the resource's own path. */
  readonly path: string;
  /** Its schemas, by what they are of; `params` where captured names have one. */
  readonly schemas: Readonly<Record<string, string>>;
  readonly response: 'one' | 'by status';
  readonly status?: number;
  readonly errors: readonly string[];
  readonly auth?: 'one' | 'several';
  readonly handler: string;
}

/** Members that no other route's schema has, so that no type can be reused for another route. */
const own = (i: number, count: number): string =>
  Array.from({ length: count }, (_, k) => {
    const kinds = ['z.string().max(80).optional()', 'z.number().int().nullable()', "z.enum(['a', 'b', 'c'])"];
    return `of${i}n${k}: ${kinds[(i + k) % kinds.length]}`;
  }).join(', ');

const OWN_VALUES = (i: number, count: number): string =>
  Array.from({ length: count }, (_, k) => `of${i}n${k}: body.of${i}n${k}`).join(', ');

/** The shapes of routes; a service uses them in turn. */
const SHAPES: readonly ((i: number, resource: string) => Route)[] = [
  (i, resource) => ({
    name: `create${i}`,
    verb: 'post',
    path: `/{tenant}/new${i}`,
    schemas: {
      body: `z.object({ name: z.string().min(1).max(100), email: z.email(), age: z.number().int().min(0), tags: z.array(z.string()), address: z.object({ street: z.string(), city: z.string() }), ${own(i, 2)} })`,
      query: 'z.object({ dry: z.stringbool().default(false), notify: z.string().optional() })',
      response: `z.object({ id: z.string(), name: z.string(), version: z.number(), city: z.string(), tags: z.array(z.string()), ${own(i, 2)} })`,
    },
    response: 'one',
    status: 201,
    errors: [`${resource}Exists`],
    auth: 'one',
    handler: `
    if (await deps.load(params.tenant, body.name)) throw new ${resource}Exists(body.email);
    const version = query.dry ? 0 : await deps.save(auth.sub, body.name, body);
    return { id: params.tenant, name: body.name, version, city: body.address.city, tags: body.tags, ${OWN_VALUES(i, 2)} };`,
  }),
  (i, resource) => ({
    name: `replace${i}`,
    verb: 'put',
    path: `/{tenant}/item${i}/{id}`,
    schemas: {
      body: `z.object({ title: z.string(), price: z.number().positive(), currency: z.enum(['EUR', 'USD']), lines: z.array(z.object({ sku: z.string(), count: z.number().int() })), ${own(i, 3)} })`,
      query: 'z.object({ version: z.coerce.number().int().optional(), reason: z.string().max(200).optional() })',
      response: `z.object({ id: z.string(), total: z.number(), at: z.string(), currency: z.string(), ${own(i, 3)} })`,
    },
    response: 'one',
    errors: ['NotFound', `${resource}Closed`],
    handler: `
    const found = await deps.load(params.tenant, params.id);
    if (!found) throw new NotFound(params.id);
    if (query.version !== undefined && query.version < found.version) throw new ${resource}Closed(query.reason);
    const total = body.lines.reduce((sum, line) => sum + line.count * body.price, 0);
    return { id: params.id, total, at: found.at, currency: body.currency, ${OWN_VALUES(i, 3)} };`,
  }),
  (i) => ({
    name: `change${i}`,
    verb: 'patch',
    path: `/{tenant}/part${i}/{number}`,
    schemas: {
      params: 'z.object({ tenant: z.string().min(3), number: z.coerce.number().int() })',
      body: `z.object({ label: z.string().optional(), count: z.number().optional(), ${own(i, 2)} })`,
      query: 'z.object({ force: z.stringbool().optional(), trace: z.string().default("off") })',
      response: `z.object({ number: z.number(), label: z.string().nullable(), by: z.string(), ${own(i, 2)} })`,
    },
    response: 'one',
    errors: ['NotFound', 'Conflict'],
    auth: 'several',
    handler: `
    const version = await deps.save(params.tenant, params.number.toFixed(), body);
    if (version > 1 && !query.force) throw new Conflict(query.trace.toUpperCase());
    return { number: params.number, label: body.label ?? null, by: auth.user.sub, ${OWN_VALUES(i, 2)} };`,
  }),
  (i, resource) => ({
    name: `start${i}`,
    verb: 'post',
    path: `/{tenant}/job${i}/{id}`,
    schemas: {
      body: `z.object({ command: z.enum(['run', 'stop']), arguments: z.record(z.string(), z.string()), ${own(i, 2)} })`,
      query: 'z.object({ wait: z.coerce.number().max(30).default(0) })',
      done: `z.object({ id: z.string(), result: z.string(), ${own(i, 2)} })`,
      begun: 'z.object({ ticket: z.string(), seconds: z.number() })',
    },
    response: 'by status',
    errors: [`${resource}Closed`],
    auth: 'one',
    handler: `
    const found = await deps.load(params.tenant, params.id);
    if (!found) return reply(202, { ticket: auth.sub, seconds: query.wait });
    return { id: params.id, result: body.arguments[body.command] ?? found.at, ${OWN_VALUES(i, 2)} };`,
  }),
  (i) => ({
    name: `search${i}`,
    verb: 'post',
    path: `/{tenant}/search${i}`,
    schemas: {
      body: `z.object({ text: z.string().optional(), filters: z.array(z.object({ field: z.string(), values: z.array(z.string()) })), ${own(i, 1)} })`,
      query: 'z.object({ limit: z.coerce.number().int().min(1).max(100).default(20), next: z.string().optional() })',
      response:
        'z.object({ items: z.array(z.object({ id: z.string(), total: z.number() })), next: z.string().optional() })',
    },
    response: 'one',
    status: 200,
    errors: ['NotFound'],
    handler: `
    if (body.filters.some(({ values }) => values.length > query.limit)) throw new NotFound(body.text);
    const items = await deps.page(params.tenant, query.limit, query.next);
    return { items: items.map(({ id, total }) => ({ id, total })), next: query.next };`,
  }),
];

const upper = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const schemaName = (route: Route, part: string): string => `${upper(route.name)}${upper(part)}`;
const constants = (route: Route): string =>
  Object.entries(route.schemas)
    .map(([part, text]) => `const ${schemaName(route, part)} = ${text};\n`)
    .join('');

const arguments_ = (route: Route): string => `{ body, query, params, deps${route.auth ? ', auth' : ''} }`;

function asRoute(route: Route, on: string, prefix: string): string {
  const given = ['body', 'query', 'params'].filter((part) => route.schemas[part] !== undefined);
  const response =
    route.response === 'one'
      ? schemaName(route, 'response')
      : `{ 200: ${schemaName(route, 'done')}, 202: ${schemaName(route, 'begun')} }`;
  const options = [
    ...given.map((part) => `${part}: ${schemaName(route, part)}`),
    `response: ${response}`,
    ...(route.status === undefined ? [] : [`status: ${route.status}`]),
    `errors: [${route.errors.join(', ')}]`,
    ...(route.auth === undefined ? [] : [`auth: ${route.auth === 'one' ? "'user'" : "['user', 'admin']"}`]),
  ];
  return `export const ${route.name} = ${on}.${route.verb}(
  '${prefix}${route.path}',
  { ${options.join(', ')} },
  async (${arguments_(route)}) => {${route.handler}
  },
);
`;
}

function asFunction(route: Route): string {
  const of = (side: 'input' | 'output', part: string) => `z.${side}<typeof ${schemaName(route, part)}>`;
  const captured = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => `${name}: string`).join('; ');
  const params = route.schemas.params === undefined ? `{ ${captured} }` : of('output', 'params');
  const auth = { one: '; auth: Caller', several: '; auth: { user: Caller; admin: Caller }' };
  const result =
    route.response === 'one' ? of('input', 'response') : `${of('input', 'done')} | Reply<202, ${of('input', 'begun')}>`;
  return `export const ${route.name} = async (
  ${arguments_(route)}: { body: ${of('output', 'body')}; query: ${of('output', 'query')}; params: ${params}; deps: Deps${route.auth ? auth[route.auth] : ''} },
): Promise<${result}> => {${route.handler}
};
`;
}

/** The arguments of the handlers of both forms, in addition to the request. */
const SERVICE = `export interface Caller {
  readonly sub: string;
  readonly groups: readonly string[];
}
export interface Deps {
  save(kind: string, id: string, value: object): Promise<number>;
  load(kind: string, id: string): Promise<{ readonly version: number; readonly at: string } | undefined>;
  page(kind: string, limit: number, next: string | undefined): Promise<readonly { id: string; total: number }[]>;
}
export declare function connect(table: string): Deps;
`;

/** The few names of Goblet that handlers use, for the form without Goblet. */
const WORDS = `export class NotFound extends Error {}
export class Conflict extends Error {}
export interface Reply<N extends number, B> {
  readonly status: N;
  readonly body: B;
}
export declare function reply<const N extends number, B>(status: N, body: B): Reply<N, B>;
`;

const APP = `export const Claims = z.object({ sub: z.string(), groups: z.array(z.string()) });
export const app = new App('service', {
  env: { TABLE: String, PAGE_SIZE: z.coerce.number().default(20) },
  auth: { user: cognito(Claims), admin: cognito(Claims) },
  setup: ({ env }) => connect(env.TABLE),
});
`;

const ROUTER = `export const router = new Router<{ deps: Deps; auth: { user: Authorizer<Caller>; admin: Authorizer<Caller> } }>();
`;

const errorClasses = (resource: string, form: Form): string =>
  Object.entries({ Exists: 409, Closed: 423 })
    .map(([word, status]) => {
      const code = `${resource}_${word}`.toUpperCase();
      const base = form === 'goblet' ? `defineError('${code}', ${status}, 'It ${word}')` : 'Error';
      return `export class ${resource}${word} extends ${base} {}\n`;
    })
    .join('');

function resourceText(routes: readonly Route[], resource: string, form: Form, on: string, prefix: string): string {
  const written = routes.map(
    (route) => constants(route) + (form === 'goblet' ? asRoute(route, on, prefix) : asFunction(route)),
  );
  return errorClasses(resource, form) + written.join('');
}

const ZOD = "import * as z from 'zod';\n";
const ROUTES_OF_A_RESOURCE = 10;

/**
 * The program of a service.
 * @param count how many routes it has, a multiple of ten
 */
export function serviceProgram(form: Form, count: number, layout: Layout): Program {
  const resources = Array.from({ length: count / ROUTES_OF_A_RESOURCE }, (_, r) => ({
    name: `Resource${r}`,
    routes: Array.from({ length: ROUTES_OF_A_RESOURCE }, (__, k) => {
      const i = r * ROUTES_OF_A_RESOURCE + k;
      const shape = SHAPES[i % SHAPES.length];
      if (!shape) throw new RangeError(`no shape for route ${i}`);
      return shape(i, `Resource${r}`);
    }),
  }));
  const files = new Map([['service.ts', SERVICE + (form === 'goblet' ? '' : WORDS)]]);
  const words =
    form === 'goblet'
      ? "import { type Authorizer, App, cognito, Conflict, defineError, NotFound, Router, reply } from 'goblet';\n"
      : "import { Conflict, NotFound, type Reply, reply } from './service.js';\n";
  const imports = `${ZOD}${words}import { type Caller, connect, type Deps } from './service.js';\n`;
  if (layout === 'one file') {
    const texts = resources.map(({ name, routes }) => resourceText(routes, name, form, 'app', `/${name}`));
    files.set('app.ts', imports + (form === 'goblet' ? APP : '') + texts.join(''));
    return files;
  }
  for (const { name, routes } of resources)
    files.set(
      `${name}.ts`,
      imports + (form === 'goblet' ? ROUTER : '') + resourceText(routes, name, form, 'router', ''),
    );
  const routers = resources.map(({ name }) => `import { router as ${name} } from './${name}.js';\n`).join('');
  const mounts = resources.map(({ name }) => `app.mount('/${name}', ${name});\n`).join('');
  if (form === 'goblet') files.set('app.ts', imports + routers + APP + mounts);
  return files;
}

/** The compiler options under which both forms are checked, as `tsconfig.json` has them. */
export const COMPILER_OPTIONS = {
  target: 'es2023',
  lib: ['es2023', 'esnext.disposable'],
  module: 'nodenext',
  types: ['node'],
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  noEmit: true,
};
