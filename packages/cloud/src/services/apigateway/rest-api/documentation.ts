import type { DocumentationPartLocation } from '@aws-sdk/client-api-gateway';
import { defined } from '../../../core/defined.js';
import { randomId } from '../../../core/random-id.js';
import { openApiJson } from '../../execute-api/index.js';
import type { DocumentationPartRecord, RestApiRecord } from '../records/rest-api.js';
import { badRequest } from '../refusal.js';

/** `x-amazon-apigateway-documentation` of a definition. */
export interface Documentation {
  readonly version?: string;
  readonly parts: readonly NewPart[];
}

type NewPart = Omit<DocumentationPartRecord, 'id'>;

/** In the order of AWS's sentence. */
export const PART_TYPES = [
  ...['RESPONSE_BODY', 'RESPONSE', 'METHOD', 'MODEL', 'AUTHORIZER', 'RESPONSE_HEADER', 'RESOURCE', 'PATH_PARAMETER'],
  ...['REQUEST_BODY', 'QUERY_PARAMETER', 'API', 'REQUEST_HEADER'],
] as const;

const { list, object, optionalText } = openApiJson;

export function readDocumentation(value: unknown): Documentation {
  const raw = object(value, 'the documentation');
  const version = optionalText(raw.version, 'the documentation');
  return {
    ...defined({ version }),
    parts: list(raw.documentationParts, 'the documentation').map((part) => readPart(object(part, 'the documentation'))),
  };
}

function readPart({ location, properties }: Readonly<Record<string, unknown>>): NewPart {
  const raw = object(location, 'the location of a documentation part');
  const type = PART_TYPES.find((known) => known === raw.type);
  if (type === undefined) throw badRequest(`Invalid documentation part type specified: ${String(raw.type)}`);
  const members = ['path', 'method', 'statusCode', 'name'].flatMap((name) => {
    const text = optionalText(raw[name], 'the location of a documentation part');
    return text === undefined ? [] : [[name, text]];
  });
  return { location: { type, ...Object.fromEntries(members) }, properties: JSON.stringify(properties ?? {}) };
}

export function isSameLocation(a: DocumentationPartLocation, b: DocumentationPartLocation): boolean {
  return (['type', 'path', 'method', 'statusCode', 'name'] as const).every((name) => a[name] === b[name]);
}

/** The parts of an API with others beside them, or in the place of those at the same locations. */
export function withParts(
  known: NonNullable<RestApiRecord['documentationParts']>,
  parts: readonly NewPart[],
): NonNullable<RestApiRecord['documentationParts']> {
  const all = { ...known };
  for (const part of parts) {
    const same = Object.values(all).find(({ location }) => isSameLocation(location, part.location));
    const id = same?.id ?? randomId.lower(6);
    all[id] = { ...part, id };
  }
  return all;
}
