import { type Exchange, eventHeaders, eventQuery, type Place, requestContext } from '../exchange.js';
import { render } from '../vtl/evaluate.js';
import { inputOf, type RequestParameters } from '../vtl/input.js';
import type { Block } from '../vtl/syntax.js';
import { util } from '../vtl/util.js';
import { fromJson, type Value, type VtlMap } from '../vtl/value.js';

/** The values that mapping templates and parameters see, on the way to the integration and back. */
export interface MappingScope {
  /** `$context`. Templates write to its `requestOverride` and `responseOverride`. */
  readonly context: VtlMap;
  readonly stageVariables: VtlMap;
  readonly parameters: RequestParameters;
  readonly multiValues: {
    readonly querystring: Readonly<Record<string, readonly string[]>>;
    readonly header: Readonly<Record<string, readonly string[]>>;
  };
}

/** The scope of a request, made where something first asks for it: most requests need none. */
export class LazyScope {
  readonly #make: () => MappingScope;
  #made: MappingScope | undefined;

  constructor(make: () => MappingScope) {
    this.#make = make;
  }

  get value(): MappingScope {
    this.#made ??= this.#make();
    return this.#made;
  }

  /** Undefined while nothing has asked for it, so that no template has written to it either. */
  get made(): MappingScope | undefined {
    return this.#made;
  }
}

/** The scope of a request to a REST or an HTTP API. */
export function mappingScope(exchange: Exchange, place: Place): MappingScope {
  const { single, multi } = eventQuery(exchange.request.query);
  const { headers, multiValueHeaders } = eventHeaders(exchange);
  const context = new Map(
    Object.entries(requestContext(exchange, place)).map(([key, value]) => [key, fromJson(value)]),
  );
  if (place.isCanaryRequest !== undefined) context.set('isCanaryRequest', place.isCanaryRequest);
  context.set('requestOverride', overrides('header', 'querystring', 'path'));
  context.set('responseOverride', overrides('header'));
  return {
    context,
    stageVariables: new Map(Object.entries(place.stageVariables ?? {})),
    parameters: {
      path: Object.fromEntries(
        Object.entries(exchange.parameters ?? {}).map(([name, value]) => [name, decoded(value)]),
      ),
      querystring: single ?? {},
      header: headers,
    },
    multiValues: { querystring: multi ?? {}, header: multiValueHeaders },
  };
}

/**
 * Renders a mapping template over a payload.
 * @throws TemplateError
 */
export function renderMapping(template: Block, payload: string, scope: MappingScope): string {
  return render(
    template,
    new Map<string, Value>([
      ['input', inputOf(payload, scope.parameters)],
      ['util', util],
      ['context', scope.context],
      ['stageVariables', scope.stageVariables],
    ]),
  );
}

function overrides(...places: readonly string[]): VtlMap {
  return new Map(places.map((place) => [place, new Map<string, Value>()]));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
