import { header, type RequestHead } from '../core/http.js';
import { type Member, type ServiceModel, shapeOf } from './service-model.js';

/** True if a client of the query protocol wants JSON, as integrations of API Gateway do, and not XML. */
export function acceptsJson(request: RequestHead | undefined): boolean {
  const accepted = request && header(request, 'accept');
  return accepted !== undefined && /^application\/json\b/i.test(accepted);
}

/**
 * A value as services of the query protocol answer it in JSON: every member is there, and those without a value are
 * null.
 */
export function legacyJson(model: ServiceModel, member: Member, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (value instanceof Date) return value.getTime() / 1000;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  const shape = shapeOf(model, member);
  if (shape === undefined) return value;
  if (shape.kind === 'list') {
    const { item } = shape;
    return Array.isArray(value) ? value.map((each) => legacyJson(model, item, each)) : value;
  }
  const members: Readonly<Record<string, unknown>> = Object(value);
  if (shape.kind === 'map') {
    const { value: held } = shape;
    return Object.fromEntries(Object.entries(members).map(([key, each]) => [key, legacyJson(model, held, each)]));
  }
  return Object.fromEntries(
    Object.entries(shape.members).map(([name, of]) => [name, legacyJson(model, of, members[name])]),
  );
}
