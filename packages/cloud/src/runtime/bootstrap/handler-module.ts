import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RuntimeError } from './error-shape.js';

/** A user's handler: called with Lambda's arguments, whatever it does with them. */
export type Handler = Function;

/**
 * Finds and loads what `_HANDLER` names (`folder/index.nested.handler`), as Lambda's Node.js runtime does: `.js`
 * (module or not by the nearest package.json), `.mjs`, `.cjs`. CommonJS is loaded by `require`, which on a large
 * bundle is faster than `import()` by tens of milliseconds.
 */
export async function loadHandler(taskRoot: string, name: string): Promise<Handler> {
  if (name.includes('..'))
    throw new RuntimeError(
      'Runtime.MalformedHandlerName',
      `'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  const slash = name.lastIndexOf('/');
  const dot = name.indexOf('.', slash + 1);
  if (dot < 0) throw new RuntimeError('Runtime.MalformedHandlerName', 'Bad handler');
  const file = resolve(taskRoot, name.slice(0, dot));
  let found = await loadModule(taskRoot, file, name.slice(slash + 1, dot));
  for (const part of name.slice(dot + 1).split('.')) {
    found = typeof found === 'object' || typeof found === 'function' ? Reflect.get(found ?? {}, part) : undefined;
  }
  if (found === undefined || found === null) {
    throw new RuntimeError('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  }
  if (typeof found !== 'function') throw new RuntimeError('Runtime.HandlerNotFound', `${name} is not a function`);
  return found;
}

async function loadModule(taskRoot: string, file: string, module: string): Promise<unknown> {
  const path = ['', '.js', '.mjs', '.cjs']
    .map((ending) => file + ending)
    .find((each) => statSync(each, { throwIfNoEntry: false })?.isFile());
  if (path === undefined) {
    throw new RuntimeError(
      'Runtime.ImportModuleError',
      `Error: Cannot find module '${module}'\nRequire stack:\n- ${join(taskRoot, '(runtime)')}`,
    );
  }
  try {
    const isModule =
      path.endsWith('.mjs') || (!path.endsWith('.cjs') && packageType(taskRoot, dirname(path)) === 'module');
    return isModule ? await import(pathToFileURL(path).href) : createRequire(path)(path);
  } catch (error) {
    throw importError(error);
  }
}

function packageType(taskRoot: string, folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, 'package.json');
    if (existsSync(path)) {
      const description: unknown = JSON.parse(readFileSync(path, 'utf8'));
      return typeof description === 'object' && description !== null ? Reflect.get(description, 'type') : undefined;
    }
    if (at === taskRoot || at === dirname(at)) return undefined;
  }
}

function importError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (error instanceof SyntaxError) return renamed('Runtime.UserCodeSyntaxError', error);
  const code = 'code' in error ? error.code : undefined;
  return code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND'
    ? renamed('Runtime.ImportModuleError', error, missingSdk(error.message))
    : error;
}

/** The advice for a package that Lambda's runtime has and the local cloud does not. */
function missingSdk(message: string): string {
  const name = /'(@(?:aws-sdk|smithy)\/[^'/]+)/.exec(message)?.[1];
  return name === undefined
    ? ''
    : `\nLambda's runtime has ${name}; for the local cloud run: npm install --save-dev ${name}`;
}

function renamed(name: string, cause: Error, hint = ''): RuntimeError {
  const error = new RuntimeError(name, `${cause.name}: ${cause.message}${hint}`);
  error.stack = `${name}: ${error.message}\n${cause.stack ?? ''}`;
  return error;
}
