import { header } from '../../core/http.js';
import type { Protocol } from '../../core/service.js';
import { jsonProtocol } from '../../gateway/json-protocol.js';

const tables = jsonProtocol({
  targetPrefix: 'DynamoDB_20120810',
  version: '1.0',
  errorNamespace: 'com.amazonaws.dynamodb.v20120810',
  plain: true,
});

const STREAMS = 'DynamoDBStreams_20120810';
const streams = jsonProtocol({
  targetPrefix: STREAMS,
  version: '1.0',
  errorNamespace: 'com.amazonaws.dynamodb.v20120810',
  plain: true,
});

/** DynamoDB and DynamoDB Streams are two APIs behind one signing name; the target tells them apart. */
export const protocol: Protocol = {
  ...tables,
  decode: (request) =>
    header(request, 'x-amz-target')?.startsWith(`${STREAMS}.`) ? streams.decode(request) : tables.decode(request),
};
