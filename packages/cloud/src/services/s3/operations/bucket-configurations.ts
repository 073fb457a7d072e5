import { AwsError } from '../../../core/aws-error.js';
import { malformedXml, type XmlStructure } from '../../../gateway/read-xml.js';
import { bucketAccess } from '../bucket-access.js';
import {
  BUCKET_CONFIGURATIONS,
  type BucketConfiguration,
  type BucketConfigurationName,
} from '../bucket-configuration.js';
import { readBucketInput } from '../bucket-input.js';
import { openBucket } from '../open-bucket.js';
import { type S3Operation, s3Operation } from '../wire/s3-binding.js';

function getOperation(name: BucketConfigurationName, configuration: BucketConfiguration): S3Operation {
  const { operations, subresource, element, actions, absent } = configuration;
  return s3Operation(
    { method: 'GET', target: 'bucket', when: [subresource], output: { element } },
    {
      name: operations.get,
      parse: readBucketInput,
      access: (row) => [bucketAccess(row, actions.get)],
      handle: async (input, call, state) => {
        const { configurations } = await openBucket(input, call, state);
        const value = configurations[name];
        if (value) return value;
        if (!absent) return {};
        throw new AwsError(absent[0], absent[1], 404, { BucketName: input.bucket });
      },
    },
  );
}

function putOperation(name: BucketConfigurationName, configuration: BucketConfiguration): S3Operation {
  const { operations, subresource, element, actions, putStatus } = configuration;
  return s3Operation(
    { method: 'PUT', target: 'bucket', when: [subresource], xml: element, output: { status: putStatus } },
    {
      name: operations.put,
      parse: (raw) => {
        const input = readBucketInput(raw);
        const value = input.members.raw(element);
        // Where nothing is absent, an empty configuration takes back the one before.
        const isEmpty = typeof value !== 'object' || Object.keys(value ?? {}).length === 0;
        if (isEmpty && configuration.absent) throw malformedXml();
        return { ...input, value: (isEmpty ? {} : value) as XmlStructure };
      },
      access: (row) => [bucketAccess(row, actions.put)],
      handle: async (input, call, state) => {
        await openBucket(input, call, state);
        await state.buckets.change(input.bucket, call, (bucket) => ({
          ...bucket,
          configurations: { ...bucket.configurations, [name]: input.value },
        }));
        return {};
      },
    },
  );
}

function deleteOperation(
  name: BucketConfigurationName,
  operationName: string,
  { subresource, actions }: BucketConfiguration,
): S3Operation {
  return s3Operation(
    { method: 'DELETE', target: 'bucket', when: [subresource], output: { status: 204 } },
    {
      name: operationName,
      parse: readBucketInput,
      access: (row) => [bucketAccess(row, actions.put)],
      handle: async (input, call, state) => {
        await openBucket(input, call, state);
        await state.buckets.change(input.bucket, call, (bucket) => {
          const { [name]: _gone, ...configurations } = bucket.configurations;
          return { ...bucket, configurations };
        });
        return {};
      },
    },
  );
}

/** Reading, writing and dropping of every configuration in the table. */
export const bucketConfigurationOperations: readonly S3Operation[] = Object.entries(BUCKET_CONFIGURATIONS).flatMap(
  ([key, configuration]) => {
    const name = key as BucketConfigurationName;
    const { delete: deleteName } = configuration.operations;
    return [
      getOperation(name, configuration),
      putOperation(name, configuration),
      ...(deleteName ? [deleteOperation(name, deleteName, configuration)] : []),
    ];
  },
);
