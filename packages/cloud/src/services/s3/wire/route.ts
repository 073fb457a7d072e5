import { AwsError } from '../../../core/aws-error.js';
import { header, type RequestHead } from '../../../core/http.js';
import type { RestXmlRoute } from '../../../gateway/protocols/rest-xml.js';
import { type ServiceModel, structureOf, traitsOf } from '../../../model/service-model.js';
import { addressOf } from './address.js';

type Level = 'service' | 'bucket' | 'object';

/** The parts of a request that an operation requires. */
interface Demands {
  readonly operation: string;
  readonly method: string;
  readonly level: Level;
  /** Query parameters; those with a value need just that one. */
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: readonly string[];
}

/** Operations of other endpoints than the buckets': they would be taken for buckets. */
const ELSEWHERE = new Set(['WriteGetObjectResponse', 'ListDirectoryBuckets']);

const demandsByModel = new WeakMap<ServiceModel, readonly Demands[]>();

/** Every operation's demands, those with most of them first. */
function demandsOf(model: ServiceModel): readonly Demands[] {
  const known = demandsByModel.get(model);
  if (known) return known;
  const demands = Object.entries(model.operations)
    .filter(([operation]) => !ELSEWHERE.has(operation))
    .map(([operation, { input, http }]): Demands => {
      const { members = {}, required = [] } = structureOf(model, input) ?? {};
      const traits = required.map((name) => traitsOf(members[name] ?? 'unit'));
      const [path = '', literal] = (http?.uri ?? '').split('?');
      const level = path.includes('{Key+}')
        ? 'object'
        : 'Bucket' in members && required.includes('Bucket')
          ? 'bucket'
          : 'service';
      return {
        operation,
        method: http?.method ?? '',
        level,
        query: [
          ...[...new URLSearchParams(literal)].filter(([name]) => name !== 'x-id'),
          ...traits.flatMap(({ httpQuery }): [string, string][] => (httpQuery === undefined ? [] : [[httpQuery, '']])),
        ],
        headers: traits.flatMap(({ httpHeader }) => (httpHeader === undefined ? [] : [httpHeader.toLowerCase()])),
      };
    })
    .sort((a, b) => weightOf(b) - weightOf(a));
  demandsByModel.set(model, demands);
  return demands;
}

function weightOf({ query, headers }: Demands): number {
  return query.length * 2 + headers.length;
}

/**
 * The operation that a request to S3 asks for. Bucket and key lie in the host and the path; the operations of one method
 * are told apart by the query parameters and headers that they cannot do without.
 *
 * @throws AwsError MethodNotAllowed; InvalidURI
 */
export function routeOf(head: RequestHead, query: URLSearchParams, model: ServiceModel): RestXmlRoute {
  const { bucket, key } = addressOf(head);
  const level: Level = key !== '' ? 'object' : bucket !== '' ? 'bucket' : 'service';
  const found = demandsOf(model).find(
    (demands) =>
      demands.method === head.method &&
      demands.level === level &&
      demands.query.every(([name, value]) => (value === '' ? query.has(name) : query.get(name) === value)) &&
      demands.headers.every((name) => header(head, name) !== undefined),
  );
  if (!found) throw methodNotAllowed(head.method, level);
  return {
    operation: found.operation,
    labels: { ...(bucket !== '' && { Bucket: bucket }), ...(key !== '' && { Key: key }) },
  };
}

function methodNotAllowed(method: string, level: Level): AwsError {
  return new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405, {
    Method: method,
    ResourceType: level.toUpperCase(),
  });
}
