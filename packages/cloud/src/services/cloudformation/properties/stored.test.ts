import { describe, expect, test } from 'vitest';
import { definitionSpec, resourceTypeSpec } from '../spec/resource-spec.js';
import { effectiveProperties, isRecordedByProperties, storedPaths } from './standing.js';
import { RECORDED_WHEN, STORED } from './stored.js';

const scope = { account: '000000000000', region: 'eu-west-1' };

describe('properties that are stored without effect', () => {
  test.each(Object.entries(STORED).flatMap(([type, rules]) => rules.map(({ path }) => [type, path] as const)))(
    '%s has %s',
    (type, path) => {
      let specs = resourceTypeSpec(type)?.properties ?? {};
      for (const step of path.split('.')) {
        const found = specs[step.replace('[]', '')];
        expect(found, step).toBeDefined();
        const inner = found?.type === 'array' ? found.element : found;
        specs = inner?.type === 'object' ? definitionSpec(inner.definition) : {};
      }
    },
  );

  test('do not reach the service unless it stores them itself', () => {
    const properties = {
      BucketName: 'b',
      LifecycleConfiguration: { Rules: [] },
      ReplicationConfiguration: { Role: 'r', Rules: [] },
      AccessControl: 'LogDeliveryWrite',
    };
    expect(effectiveProperties('AWS::S3::Bucket', properties, scope)).toEqual({
      BucketName: 'b',
      LifecycleConfiguration: { Rules: [] },
    });
    expect(storedPaths('AWS::S3::Bucket', properties, scope)).toEqual([
      'LifecycleConfiguration',
      'ReplicationConfiguration',
      'AccessControl',
    ]);
  });

  test('are found in lists, and elements of lists are left out one by one', () => {
    const Targets: Record<string, string>[] = [
      { Id: 'a', Arn: 'arn:aws:lambda:eu-west-1:000000000000:function:f', RoleArn: 'r' },
      { Id: 'b', Arn: 'arn:aws:states:eu-west-1:000000000000:stateMachine:s' },
    ];
    const properties = { Targets };
    expect(effectiveProperties('AWS::Events::Rule', properties, scope)).toEqual({
      Targets: Targets.slice(0, 1),
    });
    expect(storedPaths('AWS::Events::Rule', properties, scope)).toEqual(['Targets']);
  });

  test('leave a resource without any of them as it is', () => {
    const properties = { AccessControl: 'Private' };
    expect(effectiveProperties('AWS::S3::Bucket', properties, scope)).toBe(properties);
  });
});

test('a mapping of a source that is not here is only recorded', () => {
  const arn = (service: string) => ({ EventSourceArn: `arn:aws:${service}:eu-west-1:000000000000:x` });
  const type = 'AWS::Lambda::EventSourceMapping';
  expect(
    [arn('sqs'), arn('kinesis'), arn('mq'), { SelfManagedEventSource: {} }].map((one) =>
      isRecordedByProperties(type, one),
    ),
  ).toEqual([false, false, true, true]);
});

test.each(Object.keys(RECORDED_WHEN))('%s is a type of AWS', (type) => {
  expect(resourceTypeSpec(type)).toBeDefined();
});
