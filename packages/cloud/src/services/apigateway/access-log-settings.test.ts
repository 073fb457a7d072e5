import { describe, expect, test } from 'vitest';
import { checkAccessLog } from './access-log-settings.js';

const destinationArn = 'arn:aws:logs:eu-west-1:123456789012:log-group:a/b:*';

describe('the settings of an access log', () => {
  test.each([
    ['REST', '{"id":"$context.requestId","x":"$context.unknown"}\n'],
    ['REST', '${context.extendedRequestId}'],
    ['HTTP', '$context.requestId $context.resourcePath $context.authorizer.claims.sub'],
  ] as const)('are taken of a %s API: %j', (protocol, format) => {
    expect(() => checkAccessLog({ destinationArn, format }, protocol)).not.toThrow();
  });

  test.each([
    [
      'REST',
      'a\nb',
      "Access Log format must be single line, new line character is allowed only at end of the format: 'a\nb'",
    ],
    [
      'REST',
      '$context.status',
      "Access Log format must include either $context.requestId or $context.extendedRequestId : '$context.status'",
    ],
    [
      'HTTP',
      '$context.requestId $context.xrayTraceId',
      'The following context variables are not supported: [$context.xrayTraceId]',
    ],
    [
      'HTTP',
      '$context.status',
      /^The following errors are found in Access Log Format: Access Log format must include either/,
    ],
  ] as const)('are refused of a %s API: %j', (protocol, format, message) => {
    expect(() => checkAccessLog({ destinationArn, format }, protocol)).toThrow(message);
  });

  test('are refused where the destination is no log group', () => {
    const format = '$context.requestId';
    expect(() => checkAccessLog({ destinationArn: 'a', format }, 'REST')).toThrow(
      'Invalid ARN specified in the request',
    );
    const firehose = 'arn:aws:firehose:eu-west-1:123456789012:deliverystream/amazon-apigateway-a';
    expect(() => checkAccessLog({ destinationArn: firehose, format }, 'REST')).toThrow('Amazon Data Firehose');
  });
});
