import type { HttpResponse, RequestHead } from '../../../core/http.js';
import type { DecodedCall, Protocol } from '../../../core/service.js';
import { asAwsError } from '../../../gateway/internal-failure.js';
import { restXmlWire } from '../../../gateway/protocols/rest-xml.js';
import { writeXml, XML_DECLARATION } from '../../../gateway/xml.js';
import { S3Error } from '../s3-error.js';
import { headFormat } from './head-format.js';
import { withHoistedHeaders } from './hoisted-headers.js';
import { routeOf } from './route.js';

type Headers = readonly (readonly [name: string, value: string])[];

/** Statuses that S3 answers with instead of its model's. */
const STATUS: Readonly<Record<string, number>> = {
  PutBucketIntelligentTieringConfiguration: 204,
  PutBucketInventoryConfiguration: 204,
  PutBucketMetricsConfiguration: 204,
  PutBucketPolicy: 204,
  PutBucketTagging: 204,
  RestoreObject: 202,
};

const NO_BODY = new Uint8Array(0);

const XML = ['content-type', 'application/xml'] as const;

/** A part of an object was asked for and is answered. */
function isPartial(output: unknown): boolean {
  return typeof output === 'object' && output !== null && 'ContentRange' in output && output.ContentRange !== undefined;
}

/** The headers of every answer. */
export function heading(requestId: string): Headers {
  return [
    ['x-amz-request-id', requestId],
    ['x-amz-id-2', hostIdOf(requestId)],
    ['server', 'AmazonS3'],
  ];
}

/** Names the machine that answered, for AWS's support. */
export function hostIdOf(requestId: string): string {
  return Buffer.from(`${requestId}/${requestId}`).toString('base64');
}

/** REST-XML as S3 speaks it. */
export interface S3Protocol extends Protocol {
  /** Reads the upload of an object whose body is not framed. */
  readonly decodeUpload: (head: RequestHead, body: AsyncIterable<Uint8Array>) => DecodedCall;
}

export function s3Protocol(): S3Protocol {
  const wire = restXmlWire('s3', { route: routeOf, format: headFormat, unwrapped: new Set(['GetBucketLocation']) });
  return {
    family: 'rest-xml',
    decode: (request) => wire.decode(withHoistedHeaders(request), request.body),
    decodeStreamed: (head, body) => wire.decodeStreamed(withHoistedHeaders(head), body),
    decodeUpload: (head, body) => {
      const { operation, input } = wire.decode(head, NO_BODY);
      return { operation, input: { ...Object(input), Body: body } };
    },
    encode: (operation, output, requestId) => {
      const { status, headers, body } = wire.encode(operation, output);
      return {
        status: isPartial(output) ? 206 : (STATUS[operation] ?? status),
        headers: [...heading(requestId), ...headers, ...(operation === 'HeadBucket' ? [XML] : [])],
        body,
      };
    },
    encodeError: (error, requestId, request): HttpResponse => {
      const { code, message, status, fields } = asAwsError(error);
      const own = error instanceof S3Error ? error.headers : [];
      const headers: Headers = [...heading(requestId), ...own, XML];
      if (request.method === 'HEAD' || status === 304) return { status, headers, body: '' };
      const body = { Code: code, Message: message, ...fields, RequestId: requestId, HostId: hostIdOf(requestId) };
      return { status, headers, body: XML_DECLARATION + writeXml('Error', body) };
    },
  };
}
