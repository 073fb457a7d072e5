import { parseJson } from '../../../core/json.js';
import { atJsonPath } from './json-path.js';
import { fromJson, jsonOf, textOf, type Value, type VtlObject } from './value.js';

/** The parameters of the method's request. */
export interface RequestParameters {
  readonly path: Readonly<Record<string, string>>;
  readonly querystring: Readonly<Record<string, string>>;
  readonly header: Readonly<Record<string, string>>;
}

/** `$input`: the payload and the request's parameters. The body of an empty payload is `{}`. */
export function inputOf(payload: string, parameters: RequestParameters): VtlObject {
  const body = payload === '' ? '{}' : payload;
  let json: { readonly value: Value } | undefined;
  const select = (path: Value | undefined): Value | undefined => {
    json ??= { value: parsed(body) };
    return atJsonPath(json.value, path === undefined ? '$' : textOf(path));
  };
  return {
    kind: 'object',
    property: (name) => (name === 'body' ? body : null),
    call: (name, [argument]) => {
      switch (name) {
        case 'json':
          return jsonOf(valueOr(select(argument), ''));
        case 'path':
          return select(argument) ?? null;
        case 'params':
          return argument === undefined ? fromJson(parameters) : parameter(parameters, textOf(argument));
        default:
          return null;
      }
    },
  };
}

function valueOr(value: Value | undefined, otherwise: Value): Value {
  return value === undefined ? otherwise : value;
}

/** Text that is not JSON is a string. */
function parsed(body: string): Value {
  try {
    return fromJson(parseJson(body));
  } catch {
    return body;
  }
}

/** Looked for in the path, the query and the headers, in this order; empty where there is none. */
function parameter({ path, querystring, header }: RequestParameters, name: string): Value {
  for (const place of [path, querystring, header]) if (Object.hasOwn(place, name)) return place[name] ?? '';
  const lower = name.toLowerCase();
  return Object.entries(header).find(([sent]) => sent.toLowerCase() === lower)?.[1] ?? '';
}
