import { defined } from '../../core/defined.js';
import { header, type RequestHead } from '../../core/http.js';
import {
  type Member,
  type ServiceModel,
  type StructureShape,
  shapeOf,
  structureOf,
  type Traits,
  targetOf,
  traitsOf,
} from '../../model/service-model.js';
import { textFormat } from '../../model/text-format.js';
import { createReaders, type ReadFormat } from '../../model/value-reader.js';

type Structure = Readonly<Record<string, unknown>>;

/** The places of an operation's members in a request or answer. */
interface Places {
  readonly bound: readonly (readonly [name: string, member: Member])[];
  /** The one member that is the whole body. */
  readonly payload?: { readonly name: string; readonly member: Member };
  /** The members of the body, where none is the whole of it. */
  readonly body: StructureShape;
}

const OF_REQUESTS = ['httpLabel', 'httpQuery', 'httpHeader', 'httpPrefixHeaders', 'httpQueryParams'] as const;
const OF_ANSWERS = ['httpHeader', 'httpPrefixHeaders', 'httpResponseCode'] as const;

/** @param bindings the traits that count: a structure of an answer may bear those of a request, which mean nothing there */
function placesOf(structure: StructureShape | undefined, bindings: readonly (keyof Traits)[]): Places {
  const members = Object.entries(structure?.members ?? {});
  const payload = members.find(([, member]) => traitsOf(member).httpPayload === 1);
  const isBound = (member: Member): boolean => bindings.some((trait) => traitsOf(member)[trait] !== undefined);
  return {
    bound: members.filter(([, member]) => isBound(member)),
    ...(payload && { payload: { name: payload[0], member: payload[1] } }),
    body: {
      kind: 'structure',
      name: structure?.name ?? '',
      ...defined({ xmlName: structure?.xmlName }),
      members: Object.fromEntries(payload ? [] : members.filter(([, member]) => !isBound(member))),
    },
  };
}

/**
 * How the operations of one REST service lie in HTTP: labels, query, headers, status, and what is left for the body.
 *
 * @param format of labels, query parameters and headers
 * @param headerName of answers, of the model's. @default in lower case
 */
export function restBinding(
  model: ServiceModel,
  format: ReadFormat = textFormat,
  headerName = (name: string): string => name.toLowerCase(),
) {
  const readerOf = createReaders(model, format);
  const inputs = new Map<string, Places>();
  const outputs = new Map<string, Places>();

  function inputOf(operation: string): Places {
    const places =
      inputs.get(operation) ?? placesOf(structureOf(model, model.operations[operation]?.input ?? 'unit'), OF_REQUESTS);
    inputs.set(operation, places);
    return places;
  }

  function outputOf(operation: string): Places {
    const places =
      outputs.get(operation) ?? placesOf(structureOf(model, model.operations[operation]?.output ?? 'unit'), OF_ANSWERS);
    outputs.set(operation, places);
    return places;
  }

  /** The items of a list in one header are separated by commas. */
  function headerValue(text: string | undefined, member: Member): unknown {
    if (text === undefined || shapeOf(model, member)?.kind !== 'list') return text;
    return text.split(',').map((item) => item.trim());
  }

  /** Reads the members outside the body. */
  function readBound(operation: string, request: RequestHead, query: URLSearchParams, labels: Structure): Structure {
    const input: Record<string, unknown> = {};
    const [, demanded] = model.operations[operation]?.http?.uri.split('?') ?? [];
    const taken = new Set(new URLSearchParams(demanded).keys());
    for (const [name, member] of inputOf(operation).bound) {
      const { httpLabel, httpQuery, httpHeader, httpPrefixHeaders } = traitsOf(member);
      let value: unknown;
      if (httpLabel) value = labels[name];
      else if (httpQuery !== undefined) {
        taken.add(httpQuery);
        const all = query.getAll(httpQuery);
        value = all.length > 1 ? all : all[0];
      } else if (httpHeader !== undefined) value = headerValue(header(request, httpHeader.toLowerCase()), member);
      else if (httpPrefixHeaders !== undefined) {
        input[name] = prefixed(request, httpPrefixHeaders.toLowerCase());
        continue;
      }
      if (value !== undefined) input[name] = readerOf(member)(value, name);
    }
    const rest = inputOf(operation).bound.find(([, member]) => traitsOf(member).httpQueryParams === 1);
    if (rest) input[rest[0]] = Object.fromEntries([...query].filter(([name]) => !taken.has(name)));
    return input;
  }

  /** The status and headers of an answer. */
  function writeBound(operation: string, output: Structure): { status: number; headers: [string, string][] } {
    let status = model.operations[operation]?.http?.status ?? 200;
    const headers: [string, string][] = [];
    for (const [name, member] of outputOf(operation).bound) {
      const value = output[name];
      if (value === undefined || value === null) continue;
      const { httpHeader, httpPrefixHeaders, httpResponseCode } = traitsOf(member);
      if (httpResponseCode) status = Number(value);
      else if (httpHeader !== undefined) headers.push([headerName(httpHeader), headerText(member, value)]);
      else if (httpPrefixHeaders !== undefined) {
        for (const [key, each] of Object.entries(value))
          headers.push([httpPrefixHeaders.toLowerCase() + key, String(each)]);
      }
    }
    return { status, headers };
  }

  return { inputOf, outputOf, readBound, writeBound };
}

function prefixed(request: RequestHead, prefix: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of request.headers) if (name.startsWith(prefix)) found[name.slice(prefix.length)] = value;
  return found;
}

function headerText(member: Member, value: unknown): string {
  if (!(value instanceof Date)) return String(value);
  const form = targetOf(member);
  if (form === 'epoch-seconds') return String(value.getTime() / 1000);
  return form === 'date-time' ? value.toISOString() : value.toUTCString();
}
