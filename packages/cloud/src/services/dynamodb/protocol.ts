import { AwsError } from '../../core/aws-error.js';
import { type HttpResponse, header } from '../../core/http.js';
import type { Protocol } from '../../core/service.js';
import { asAwsError } from '../../gateway/internal-failure.js';
import { readJson, writeJson } from '../../gateway/json.js';

/** DynamoDB and DynamoDB Streams are two APIs behind one signing name; the target tells them apart. */
const TARGET = /^(?:DynamoDB|DynamoDBStreams)_20120810\.(.*)$/s;

const answer = (status: number, requestId: string, body: string): HttpResponse => ({
  status,
  headers: [
    ['x-amzn-requestid', requestId],
    ['content-type', 'application/x-amz-json-1.0'],
  ],
  body,
});

/**
 * AWS JSON 1.0 without a model: inputs are read by dynalite's checks, and items keep the values of the wire
 * (docs/decisions/0017).
 */
export const protocol: Protocol = {
  family: 'json',
  decode: (request) => {
    const target = header(request, 'x-amz-target') ?? '';
    const operation = TARGET.exec(target)?.[1];
    if (operation === undefined) {
      throw new AwsError(
        'UnknownOperationException',
        `X-Amz-Target is ${target || 'missing'}, not DynamoDB_20120810.*`,
      );
    }
    return { operation, input: readJson(request.body) };
  },
  encode: (_operation, output, requestId) => answer(200, requestId, output === undefined ? '' : JSON.stringify(output)),
  encodeError: (error, requestId) => {
    const { code, message, status, fields } = asAwsError(error);
    const type = `com.amazonaws.dynamodb.v20120810#${code}`;
    return answer(status, requestId, writeJson({ __type: type, message, ...fields }));
  },
};
