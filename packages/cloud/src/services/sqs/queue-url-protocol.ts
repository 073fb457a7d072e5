import { AwsError } from '../../core/aws-error.js';
import type { Protocol } from '../../core/service.js';
import { serviceModel } from '../../model/service-model.js';

const PATH = /^\/\d{12}\/[\w-]+(?:\.fifo)?$/;

/** Operations that a queue's own address does not have. */
const OF_NO_QUEUE = ['CreateQueue', 'ListQueues'];

/** The answer to a request that asks for nothing, in a form of its own. */
const NO_ACTION = new AwsError('UnknownOperationException', 'The request has no action', 404);

/** The query protocol as older clients and API Gateway speak it: they send to the queue's URL and name no queue. */
export function onQueueUrls(query: Protocol): Protocol {
  return {
    ...query,
    decode: (request) => {
      if (request.method === 'GET' && !request.query.includes('Action=')) throw NO_ACTION;
      const { operation, input } = query.decode(request);
      const isOnQueue = PATH.test(request.path);
      const isKnown = serviceModel('sqs').operations[operation] !== undefined;
      if (!isKnown || (isOnQueue && OF_NO_QUEUE.includes(operation))) {
        throw new AwsError('InvalidAction', `The action ${operation} is not valid for this endpoint.`);
      }
      if (!isOnQueue) return { operation, input };
      const QueueUrl = `https://sqs.amazonaws.com${request.path}`;
      return { operation, input: { QueueUrl, ...Object(input) } };
    },
    encodeError: (error, requestId, request) => {
      if (error !== NO_ACTION) return query.encodeError(error, requestId, request);
      const headers = [
        ['x-amzn-requestid', requestId],
        ['content-type', 'text/xml'],
      ] as const;
      return { status: 404, headers, body: '<UnknownOperationException/>\n' };
    },
  };
}
