import { isObject, parseJson } from '../../../core/json.js';

/** Gives the key that an expression selects. Variables without a value are empty. */
export type Select = (variables: (name: string) => string | undefined) => string;

const VARIABLE = /\\\$|\$\{([A-Za-z0-9_.-]+)\}|\$([A-Za-z]+(?:\.[A-Za-z0-9_-]+)+)/g;

/**
 * Compiles a selection expression (developer guide, "WebSocket selection expressions"): text with variables such as
 * `$request.body.action` or `${request.body.action}`, in which `\$` is a dollar sign. `$default` alone is itself.
 */
export function compileSelection(expression: string): Select {
  return (variables) =>
    expression.replace(VARIABLE, (matched, braced: string | undefined, bare: string | undefined) =>
      matched === '\\$' ? '$' : (variables(braced ?? bare ?? '') ?? ''),
    );
}

/** The value below a path of a JSON text: `action`, `message.kind`; undefined for none, and for what is not a scalar. */
export function bodyVariable(text: string): (path: string) => string | undefined {
  let body: { readonly value: unknown } | undefined;
  return (path) => {
    body ??= { value: parsed(text) };
    let value = body.value;
    for (const name of path.split('.')) value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    return value === null || value === undefined || typeof value === 'object' ? undefined : String(value);
  };
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
