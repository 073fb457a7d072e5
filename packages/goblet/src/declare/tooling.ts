import type { SourceLine } from '../definition.js';
import type { Book, Checks } from './book.js';
import {
  admit,
  admitMount,
  checkFunction,
  checkOpen,
  checkRoute,
  checkValues,
  newChecks,
} from './declaration-checks.js';
import { checkApp, checkRouter } from './option-checks.js';
import { sourceLine } from './source-line.js';

/*
 * Checks and source lines of declarations, which a bundled function does not need. Under GOBLET_OMIT_TOOLING each of
 * these functions does nothing, so that a bundler drops the calls too. The source line of a declaration is the line
 * that called its method.
 */

type Declaring<Method extends string> = { readonly book: Book } & Readonly<Record<Method, Function>>;

/** The checks of a new book. */
export function checksOfBook(): Checks | undefined {
  if (process.env.GOBLET_OMIT_TOOLING === '1') return undefined;
  return newChecks();
}

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
  if (process.env.GOBLET_OMIT_TOOLING === '1') return undefined;
  const source = sourceLine(verb ?? declaring.route);
  checkRoute(methods, path, options, handler, source);
  checkOpen(declaring.book, `${methods.join(', ')} ${path}`, source);
  for (const method of methods) admit(declaring.book, { method, path, source });
  return source;
}

/** @throws DeclarationError */
export function scopeDeclared(declaring: Declaring<'with'>, values: object): void {
  if (process.env.GOBLET_OMIT_TOOLING === '1') return;
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
  if (process.env.GOBLET_OMIT_TOOLING === '1') return undefined;
  const source = sourceLine(declaring[call]);
  const [where, declared] = wordsFor(call, name);
  checkFunction(run, where, source);
  checkOpen(declaring.book, declared, source);
  return source;
}

/** @throws DeclarationError */
export function mountDeclared(
  declaring: Declaring<'mount'>,
  router: { readonly book: Book },
  prefix: string,
  options: unknown,
): SourceLine | undefined {
  if (process.env.GOBLET_OMIT_TOOLING === '1') return undefined;
  const source = sourceLine(declaring.mount);
  admitMount(declaring.book, router, prefix, options, source);
  return source;
}

/**
 * @param App the class that was constructed
 * @throws DeclarationError
 */
export function appDeclared(app: { readonly book: Book }, name: unknown, options: unknown, App: Function): void {
  if (process.env.GOBLET_OMIT_TOOLING === '1') return;
  const source = sourceLine(App);
  checkApp(name, options, source);
  if (app.book.checks) app.book.checks.source = source;
}

/**
 * @param Router the class that was constructed
 * @throws DeclarationError
 */
export function routerDeclared(options: unknown, Router: Function): void {
  if (process.env.GOBLET_OMIT_TOOLING === '1') return;
  checkRouter(options, sourceLine(Router));
}

/** Later declarations would not be served, so they throw. */
export function appStarted(app: { readonly book: Book }): void {
  if (process.env.GOBLET_OMIT_TOOLING === '1') return;
  if (app.book.checks) app.book.checks.started = true;
}
