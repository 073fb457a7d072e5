import type { SourceLine } from '../definition.js';
import { noFunction } from '../errors/functions.js';
import { admit, admitMount, checkFunction, checkOpen, checkRoute, checkValues } from './declaration-checks.js';
import type { Declarations } from './declarations.js';
import { checkApp, checkRouter } from './option-checks.js';
import { sourceLine } from './source-line.js';

/** The source line of a declaration is the line that called its method. */
type Declaring<Method extends string> = { readonly record: Declarations } & Readonly<Record<Method, Function>>;

/**
 * @param verb the method that was called, unless it is `route`
 * @throws DeclarationError
 */
export function routeDeclared(
  declaring: Declaring<'route'>,
  methods: readonly string[],
  path: string,
  options: unknown,
  handler: unknown,
  verb: Function | undefined,
): SourceLine | undefined {
  const source = sourceLine(verb ?? declaring.route);
  checkRoute(methods, path, options, handler, source);
  checkOpen(declaring.record, `${methods.join(', ')} ${path}`, source);
  for (const method of methods) admit(declaring.record, { method, path, source });
  return source;
}

/** @throws DeclarationError */
export function scopeDeclared(declaring: Declaring<'with'>, values: object): void {
  checkValues(values, sourceLine(declaring.with));
}

type Call = 'use' | 'on' | 'onError';

/** The words of messages for a call that takes a function, and for the thing that it declares. */
function wordsFor(call: Call, name: string | undefined): readonly [call: string, declared: string] {
  if (call === 'on') return [`on("${name}")`, `on("${name}")`];
  return call === 'use' ? ['use()', 'a middleware'] : ['onError()', 'a listener of onError'];
}

/** @throws DeclarationError */
export function functionDeclared<C extends Call>(
  declaring: Declaring<C>,
  call: C,
  run: unknown,
  name?: string,
): SourceLine | undefined {
  const source = sourceLine(declaring[call]);
  const [where, declared] = wordsFor(call, name);
  checkFunction(run, where, source);
  checkOpen(declaring.record, declared, source);
  return source;
}

/** @throws DeclarationError */
export function mountDeclared(
  declaring: Declaring<'mount'>,
  router: { readonly record: Declarations },
  prefix: string,
  options: unknown,
): SourceLine | undefined {
  const source = sourceLine(declaring.mount);
  admitMount(declaring.record, router, prefix, options, source);
  return source;
}

/**
 * @param App the class that was constructed
 * @throws DeclarationError
 */
export function appDeclared(
  app: { readonly record: Declarations },
  name: unknown,
  options: unknown,
  App: Function,
): void {
  const source = sourceLine(App);
  checkApp(name, options, source);
  if (app.record.checks) app.record.checks.source = source;
}

/**
 * @param Router the class that was constructed
 * @throws DeclarationError
 */
export function routerDeclared(options: unknown, Router: Function): void {
  checkRouter(options, sourceLine(Router));
}

/** Later declarations would not be served, so they throw. */
export function appStarted(app: { readonly record: Declarations }): void {
  if (app.record.checks) app.record.checks.started = true;
}

/** @throws TypeError if none of the app's routes is in the function of this name */
export function checkServed(
  { runtime }: { readonly runtime: { readonly routes: readonly { readonly function: string }[] } },
  name: string | undefined,
): void {
  if (name !== undefined && !runtime.routes.some((route) => route.function === name))
    throw new TypeError(noFunction(name));
}
