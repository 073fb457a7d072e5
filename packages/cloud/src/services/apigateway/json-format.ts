import { AwsError } from '../../core/aws-error.js';
import { jsonFormat } from '../../model/json-format.js';
import type { ReadFormat } from '../../model/value-reader.js';

/** JSON as API Gateway reads it: the refusal of a value of another kind names its Java class, and a null in a map is empty. */
export const apiGatewayFormat: ReadFormat = {
  ...jsonFormat,
  entries: (value, ...where) => [...jsonFormat.entries(value, ...where)].map(([key, each]) => [key, each ?? '']),
  scalar: (kind, value, path) => {
    if (kind === 'string' && typeof value !== 'string' && value !== null)
      throw new AwsError('SerializationException', `class ${javaClass(value)} can not be converted to an String`);
    return jsonFormat.scalar(kind, value, path);
  },
};

function javaClass(value: unknown): string {
  if (typeof value === 'boolean') return 'java.lang.Boolean';
  if (typeof value === 'number') return Number.isInteger(value) ? 'java.lang.Integer' : 'java.lang.Double';
  return Array.isArray(value) ? 'java.util.ArrayList' : 'java.util.LinkedHashMap';
}
