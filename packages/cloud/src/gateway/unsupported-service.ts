import type { AwsError } from '../core/aws-error.js';
import { type HttpResponse, header, type RequestHead } from '../core/http.js';
import type { Protocol } from '../core/service.js';
import { asAwsError } from './internal-failure.js';
import { writeJson } from './json.js';
import { cborError, cborKindOf } from './protocols/cbor.js';
import { writeXml } from './xml.js';

/** The errors of a protocol, for a service whose model is not known. */
type Errors = Pick<Protocol, 'family' | 'encodeError'>;

export const JSON_ERRORS: Errors = {
  family: 'json',
  encodeError: (error, requestId) => {
    const { code, message, status, fields } = asAwsError(error);
    return {
      status,
      headers: [
        ['x-amzn-requestid', requestId],
        ['content-type', 'application/x-amz-json-1.1'],
      ],
      body: writeJson({ __type: code, message, ...fields }),
    };
  },
};

const REST_JSON_ERRORS: Errors = {
  family: 'rest-json',
  encodeError: (error, requestId) => {
    const { code, message, status, fields } = asAwsError(error);
    return {
      status,
      headers: [
        ['x-amzn-requestid', requestId],
        ['content-type', 'application/json'],
        ['x-amzn-errortype', code],
      ],
      body: writeJson({ message, ...fields }),
    };
  },
};

const QUERY_ERRORS: Errors = {
  family: 'query',
  encodeError: (error, requestId) => {
    const { code, message, status, fields } = asAwsError(error);
    const said = {
      '@xmlns': 'https://goblet.invalid/',
      Error: { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message, ...fields },
      RequestId: requestId,
    };
    return {
      status,
      headers: [
        ['x-amzn-requestid', requestId],
        ['content-type', 'text/xml'],
      ],
      body: writeXml('ErrorResponse', said, 'member'),
    };
  },
};

/** Services of the REST-XML protocol, by the name they sign with. */
const REST_XML = new Set(['cloudfront', 'route53', 's3-outposts']);

/** How to say an error to a client whose service is not known: by the look of its request. */
export function errorsByLook(request: RequestHead): Errors {
  const type = header(request, 'content-type') ?? '';
  if (type.includes('x-www-form-urlencoded') || request.query.includes('Action=')) return QUERY_ERRORS;
  const isRest = header(request, 'x-amz-target') === undefined && request.path !== '/';
  return isRest ? REST_JSON_ERRORS : JSON_ERRORS;
}

/** The answer to a call of a service that this cloud does not have, in the shape that the service's client reads. */
export function unsupportedService(
  error: AwsError,
  signingName: string,
  requestId: string,
  request: RequestHead,
): HttpResponse {
  const kind = cborKindOf(request);
  if (kind) return cborError(error, requestId, kind);
  if (REST_XML.has(signingName)) return xmlError(error, requestId, 'ErrorResponse');
  const errors = errorsByLook(request);
  if (errors === QUERY_ERRORS && signingName === 'ec2') return xmlError(error, requestId, 'Response');
  return errors.encodeError(error, requestId, request);
}

/** EC2's errors are in a list; REST-XML's are not. */
function xmlError(
  { code, message, status }: AwsError,
  requestId: string,
  root: 'Response' | 'ErrorResponse',
): HttpResponse {
  const error = { Type: 'Sender', Code: code, Message: message };
  const members =
    root === 'Response' ? { Errors: { Error: error }, RequestID: requestId } : { Error: error, RequestId: requestId };
  return { status, headers: [['content-type', 'text/xml']], body: writeXml(root, members) };
}
