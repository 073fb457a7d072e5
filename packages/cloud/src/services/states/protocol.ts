import type { Protocol } from '../../core/service.js';
import { readJson } from '../../gateway/json.js';
import { targetOperation } from '../../gateway/protocols/json.js';
import { JSON_ERRORS } from '../../gateway/unsupported-service.js';

/** AWS JSON 1.0, whose numbers and texts need no model: times are numbers already. */
export const statesProtocol: Protocol = {
  family: 'json',
  decode: (request) => ({
    operation: targetOperation(request, { target: 'AWSStepFunctions' }),
    input: readJson(request.body),
  }),
  encode: (_operation, output, requestId) => ({
    status: 200,
    headers: [
      ['x-amzn-requestid', requestId],
      ['content-type', 'application/x-amz-json-1.0'],
    ],
    body: JSON.stringify(output ?? {}),
  }),
  encodeError: JSON_ERRORS.encodeError,
};
