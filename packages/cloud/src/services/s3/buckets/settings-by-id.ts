import { AwsError } from '../../../core/aws-error.js';
import type { Call } from '../../../core/operation.js';
import { malformedXml } from '../../../gateway/read-xml.js';
import { pageOf } from '../../../kit/page.js';
import { s3Error } from '../s3-error.js';
import type { S3State } from '../service-state.js';
import type { BucketSettings, ById } from './bucket-settings.js';
import { type BucketInput, openBucket } from './open-bucket.js';
import { findSetting, putSetting } from './settings.js';

type IdSetting = 'analytics' | 'intelligentTiering' | 'inventory' | 'metrics';
type Configuration<Name extends IdSetting> = NonNullable<BucketSettings[Name]>[string];

interface IdInput extends BucketInput {
  readonly Id: string;
}

const PAGE = 100;

async function all<Name extends IdSetting>(
  name: Name,
  input: BucketInput,
  call: Call,
  state: S3State,
): Promise<ById<Configuration<Name>>> {
  return ((await findSetting(name, input, call, state)) ?? {}) as ById<Configuration<Name>>;
}

function noSuchConfiguration(): AwsError {
  return new AwsError('NoSuchConfiguration', 'The specified configuration does not exist.', 404);
}

/** One configuration of a bucket, by its id. @throws AwsError NoSuchConfiguration */
export async function getById<Name extends IdSetting>(
  name: Name,
  input: IdInput,
  call: Call,
  state: S3State,
): Promise<Configuration<Name>> {
  const found = (await all(name, input, call, state))[input.Id];
  if (!found) throw noSuchConfiguration();
  return found;
}

/** The configurations of a bucket, in the order of their ids. */
export async function listById<Name extends IdSetting>(
  name: Name,
  input: BucketInput & { readonly ContinuationToken?: string | undefined },
  call: Call,
  state: S3State,
) {
  const listed = Object.entries(await all(name, input, call, state)).sort(([a], [b]) => (a < b ? -1 : 1));
  const { items, next } = pageOf(listed, {
    keyOf: ([id]) => id,
    limit: PAGE,
    token: input.ContinuationToken,
    of: [name, input.Bucket],
    refuse: () => s3Error.invalidArgument('The continuation token provided is incorrect', 'continuation-token'),
  });
  return {
    list: items.length > 0 ? items.map(([, configuration]) => configuration) : undefined,
    page: { IsTruncated: next !== undefined, ContinuationToken: input.ContinuationToken, NextContinuationToken: next },
  };
}

/** @throws AwsError MalformedXML where the body has another id than the query */
export async function putById<Name extends IdSetting>(
  name: Name,
  configuration: Configuration<Name>,
  input: IdInput,
  call: Call,
  state: S3State,
): Promise<void> {
  if (configuration.Id !== input.Id) throw malformedXml();
  const configurations = { ...(await all(name, input, call, state)), [input.Id]: configuration };
  await putSetting(name, configurations as BucketSettings[Name], input, call, state);
}

/** @throws AwsError NoSuchConfiguration */
export async function deleteById(name: IdSetting, input: IdInput, call: Call, state: S3State): Promise<void> {
  await openBucket(input, call, state);
  const { [input.Id]: found, ...rest } = await all(name, input, call, state);
  if (!found) throw noSuchConfiguration();
  await putSetting(name, rest as BucketSettings[typeof name], input, call, state);
}
