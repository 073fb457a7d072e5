import { randomId } from '../../../core/random-id.js';
import type { ResourceContext } from '../../../core/resource-type.js';
import type { NativeProvider } from './native-provider.js';

type Members = Readonly<Record<string, unknown>>;

/** The lists of a notification configuration: as the construct names them, as S3's XML does, and what each calls its target. */
const LISTS = [
  ['TopicConfigurations', 'TopicConfiguration', 'TopicArn', 'Topic'],
  ['QueueConfigurations', 'QueueConfiguration', 'QueueArn', 'Queue'],
  ['LambdaFunctionConfigurations', 'CloudFunctionConfiguration', 'LambdaFunctionArn', 'CloudFunction'],
] as const;

function listOf(value: unknown): readonly Members[] {
  if (value === undefined || value === null || value === '') return [];
  return (Array.isArray(value) ? value : [value]).map((one) => ({ ...Object(one) }));
}

/** One configuration as S3's XML has it. */
function asXml(configuration: Members, id: string, target: string, element: string): Members {
  const rules = listOf(Object(Object(configuration.Filter).Key).FilterRules);
  return {
    Id: String(configuration.Id ?? id),
    [element]: configuration[target],
    Event: configuration.Events,
    ...(rules.length > 0 && { Filter: { S3Key: { FilterRule: rules } } }),
  };
}

/** What others put on a bucket that the stack does not manage. */
async function kept(bucket: string, ownPrefix: string, { call }: ResourceContext): Promise<Members> {
  const found = await call('s3', 'GetBucketNotificationConfiguration', { Bucket: bucket });
  return Object.fromEntries(
    LISTS.map(([, element]) => [
      element,
      listOf(Reflect.get(Object(found), element)).filter(({ Id }) => !String(Id).startsWith(ownPrefix)),
    ]),
  );
}

/** CDK's `Custom::S3BucketNotifications`: the notifications of a bucket as the construct lists them. */
export const bucketNotifications: NativeProvider = async ({ request, id, properties, context }) => {
  const { BucketName, NotificationConfiguration, Managed } = properties;
  const Bucket = String(BucketName);
  const wanted: Members = request === 'Delete' ? {} : { ...Object(NotificationConfiguration) };
  const prefix = `${context.stackName}-${context.logicalId}-`;
  const isManaged = Managed === undefined || String(Managed) === 'true';
  const others = isManaged ? {} : await kept(Bucket, prefix, context);
  const lists = LISTS.map(([list, element, target, name]) => {
    const own = listOf(wanted[list]).map((one, i) => asXml(one, `${prefix}${i}`, target, name));
    return [element, [...listOf(Reflect.get(others, element)), ...own]] as const;
  });
  await context.call('s3', 'PutBucketNotificationConfiguration', {
    Bucket,
    NotificationConfiguration: {
      ...Object.fromEntries(lists.filter(([, list]) => list.length > 0)),
      ...(wanted.EventBridgeConfiguration !== undefined && { EventBridgeConfiguration: '' }),
    },
  });
  return { physicalId: id ?? `${prefix}${randomId.upper(12)}` };
};
