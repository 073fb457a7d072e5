import type { Protocol } from '../../core/service.js';

const PATH = /^\/\d{12}\/[\w-]+(?:\.fifo)?$/;

/** The query protocol as older clients and API Gateway speak it: they send to the queue's URL and name no queue. */
export function onQueueUrls(query: Protocol): Protocol {
  return {
    ...query,
    decode: (request) => {
      const { operation, input } = query.decode(request);
      if (!PATH.test(request.path)) return { operation, input };
      const QueueUrl = `https://sqs.amazonaws.com${request.path}`;
      return { operation, input: { QueueUrl, ...Object(input) } };
    },
  };
}
