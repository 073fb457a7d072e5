import { AwsError } from '../../../core/aws-error.js';
import { type HttpResponse, header, type RequestHead } from '../../../core/http.js';
import type { Protocol, WebAccess } from '../../../core/service.js';
import type { BucketSettings } from '../buckets/bucket-settings.js';
import type { BucketStore } from '../buckets/bucket-store.js';
import { addressOf } from './address.js';

type Rule = NonNullable<NonNullable<BucketSettings['cors']>['CORSRules']>[number];
type Headers = HttpResponse['headers'];

const VARY = 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method';

/** True if a pattern with at most one `*` fits. */
function fits(pattern: string, text: string): boolean {
  const star = pattern.indexOf('*');
  if (star === -1) return pattern === text;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
}

function requestedHeaders(head: RequestHead): readonly string[] {
  const names = (header(head, 'access-control-request-headers') ?? '').split(',');
  return names.map((name) => name.trim().toLowerCase()).filter((name) => name !== '');
}

/** The first rule that lets a page of an origin make a request ("How does Amazon S3 evaluate the CORS configuration"). */
function matching(rules: readonly Rule[], origin: string, method: string, names: readonly string[]): Rule | undefined {
  return rules.find(
    ({ AllowedOrigins = [], AllowedMethods = [], AllowedHeaders = [] }) =>
      AllowedOrigins.some((pattern) => fits(pattern, origin)) &&
      AllowedMethods.includes(method) &&
      names.every((name) => AllowedHeaders.some((pattern) => fits(pattern.toLowerCase(), name))),
  );
}

function headersOf(rule: Rule, origin: string, names: readonly string[]): Headers {
  const anyOrigin = rule.AllowedOrigins?.includes('*') === true;
  const { AllowedMethods = [], ExposeHeaders = [], MaxAgeSeconds } = rule;
  const headers: [string, string][] = [
    ['Access-Control-Allow-Origin', anyOrigin ? '*' : origin],
    ['Access-Control-Allow-Methods', AllowedMethods.join(', ')],
  ];
  if (names.length > 0) headers.push(['Access-Control-Allow-Headers', names.join(', ')]);
  if (ExposeHeaders.length > 0) headers.push(['Access-Control-Expose-Headers', ExposeHeaders.join(', ')]);
  if (MaxAgeSeconds !== undefined) headers.push(['Access-Control-Max-Age', String(MaxAgeSeconds)]);
  if (!anyOrigin) headers.push(['Access-Control-Allow-Credentials', 'true']);
  return [...headers, ['Vary', VARY]];
}

function forbidden(reason: string, method: string, isObject: boolean): AwsError {
  return new AwsError('AccessForbidden', `CORSResponse: ${reason}`, 403, {
    Method: method,
    ResourceType: isObject ? 'OBJECT' : 'BUCKET',
  });
}

const NOT_ALLOWED =
  "This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.";

/** The headers of the answer to a preflight. @throws AwsError BadRequest, AccessForbidden */
async function preflight(head: RequestHead, buckets: BucketStore): Promise<Headers> {
  const origin = header(head, 'origin');
  if (origin === undefined) {
    throw new AwsError('BadRequest', 'Insufficient information. Origin request header needed.');
  }
  const { bucket: name, key } = addressOf(head);
  const asked = header(head, 'access-control-request-method');
  const bucket = await buckets.find(name);
  if (!bucket) throw forbidden('Bucket not found', asked ?? head.method, false);
  const rules = bucket.settings.cors?.CORSRules;
  if (!rules) throw forbidden('CORS is not enabled for this bucket.', asked ?? head.method, false);
  if (asked === undefined) throw new AwsError('BadRequest', 'Invalid Access-Control-Request-Method: null');
  const names = requestedHeaders(head);
  const rule = matching(rules, origin, asked, names);
  if (!rule) throw forbidden(NOT_ALLOWED, asked, key !== '');
  return headersOf(rule, origin, names);
}

/**
 * The outcome of a web page's request by the rules of a bucket. A bucket without rules takes none.
 *
 * @param protocol in which a preflight is refused
 */
export async function webAccess(
  head: RequestHead,
  buckets: BucketStore,
  protocol: Protocol,
): Promise<WebAccess | undefined> {
  const { bucket: name } = addressOf(head);
  if (name === '') return undefined;
  if (head.method === 'OPTIONS') {
    const answer = preflight(head, buckets).then(
      (headers) => (requestId: string) => {
        const { headers: own } = protocol.encode('', undefined, requestId, head);
        return { status: 200, headers: [...own, ...headers, ['Content-Length', '0']] as Headers, body: '' };
      },
      (error: Error) => (requestId: string) => protocol.encodeError(error, requestId, head),
    );
    return { kind: 'answered', response: await answer };
  }
  const rules = (await buckets.find(name))?.settings.cors?.CORSRules;
  if (!rules) return undefined;
  const origin = header(head, 'origin');
  const rule = origin === undefined ? undefined : matching(rules, origin, head.method, []);
  return { kind: 'admitted', headers: rule && origin !== undefined ? headersOf(rule, origin, []) : [] };
}
