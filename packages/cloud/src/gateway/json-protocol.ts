import { AwsError } from '../core/aws-error.js';
import { type HttpResponse, header } from '../core/http.js';
import type { Protocol } from '../core/service.js';
import { asAwsError } from './internal-failure.js';
import { readJson, writeJson } from './json.js';

export interface JsonProtocolOptions {
  /** The part of X-Amz-Target before the dot: `DynamoDB_20120810` */
  readonly targetPrefix: string;
  readonly version: '1.0' | '1.1';
  /**
   * The part before `#` in `__type` of errors: `com.amazonaws.dynamodb.v20120810`.
   * @default - the bare code
   */
  readonly errorNamespace?: string;
  /** True where outputs are JSON values as they are: no dates, no bytes. Saves looking at each value. */
  readonly plain?: boolean;
  /** For a service that formerly used the query protocol: the error's name there. Sent in a separate header. */
  readonly queryCode?: (code: string) => string;
}

/** AWS JSON 1.0 and 1.1: one address, the operation in X-Amz-Target. */
export function jsonProtocol({
  targetPrefix,
  version,
  errorNamespace,
  plain = false,
  queryCode,
}: JsonProtocolOptions): Protocol {
  const contentType = `application/x-amz-json-${version}`;
  const write = plain ? (value: unknown) => JSON.stringify(value) : writeJson;
  const answer = (status: number, requestId: string, body: string): HttpResponse => ({
    status,
    headers: [
      ['x-amzn-requestid', requestId],
      ['content-type', contentType],
    ],
    body,
  });
  return {
    family: 'json',
    decode: (request) => {
      const target = header(request, 'x-amz-target') ?? '';
      if (!target.startsWith(`${targetPrefix}.`)) {
        throw new AwsError(
          'UnknownOperationException',
          `X-Amz-Target is ${target || 'missing'}, not ${targetPrefix}.*`,
        );
      }
      return { operation: target.slice(targetPrefix.length + 1), input: readJson(request.body) };
    },
    encode: (_operation, output, requestId) => answer(200, requestId, output === undefined ? '' : write(output)),
    encodeError: (error, requestId) => {
      const { code, message, status, fields } = asAwsError(error);
      const type = errorNamespace ? `${errorNamespace}#${code}` : code;
      const said = answer(status, requestId, writeJson({ __type: type, message, ...fields }));
      if (queryCode === undefined) return said;
      const fault = status < 500 ? 'Sender' : 'Receiver';
      return { ...said, headers: [...said.headers, ['x-amzn-query-error', `${queryCode(code)};${fault}`]] };
    },
  };
}
