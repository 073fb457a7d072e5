import { addHandler } from '#parts/events';
import { addStep } from '#parts/middleware';
import { addMount } from '#parts/mounts';
import { functionDeclared, mountDeclared, newChecks, routeDeclared, scopeDeclared } from '#parts/tooling';
import type { AnyHandler, Declarations, InheritedOptions, Layer } from './declarations.js';
import type { DeclaredOptions } from './declared-options.js';

/** Records declarations and does nothing else; `Routes` is its typed interface. */
export class Recorder {
  declare readonly record: Declarations;
  declare readonly layer: Layer;

  constructor(declarations: Declarations, parent?: Layer) {
    this.record = declarations;
    this.layer = { parent, steps: [] };
  }

  route(methods: readonly string[], path: string, second: unknown, third?: unknown, verb?: Function): unknown {
    const handler = (third ?? second) as AnyHandler;
    const options = (third ? second : {}) as DeclaredOptions;
    const source = routeDeclared(this, methods, path, options, handler, verb);
    const handle = { kind: 'route', method: methods[0], path };
    for (const method of methods)
      this.record.entries.push({
        kind: 'route',
        method,
        path,
        options,
        handler,
        handle,
        layer: this.layer,
        source,
      });
    return handle;
  }

  with(values: Readonly<Record<string, AnyHandler>>): Recorder {
    scopeDeclared(this, values);
    const scope = new Recorder(this.record, this.layer);
    addStep(scope, values);
    return scope;
  }

  use(run: AnyHandler): void {
    functionDeclared(this, 'use', run);
    addStep(this, run);
  }

  mount(prefix: string, router: Recorder, options?: { readonly function?: string }): void {
    addMount(this, prefix, router, options, mountDeclared(this, router, prefix, options));
  }

  on(name: string, handler: AnyHandler): void {
    addHandler(this, name, handler, functionDeclared(this, 'on', handler, name));
  }
}

for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']) {
  const declare = function (this: Recorder, path: string, options: unknown, handler?: unknown): unknown {
    return this.route([method], path, options, handler, declare);
  };
  Reflect.set(Recorder.prototype, method.toLowerCase(), declare);
}

export const newDeclarations = <O extends InheritedOptions>(options: O): Declarations<O> => ({
  entries: [],
  options,
  checks: newChecks(),
});
