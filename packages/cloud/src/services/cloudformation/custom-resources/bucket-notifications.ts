import { randomId } from '../../../core/random-id.js';
import type { ResourceContext } from '../../../core/resource-type.js';
import type { NativeProvider } from './native-provider.js';

type Members = Readonly<Record<string, unknown>>;

/** The lists of a notification configuration. */
const LISTS = ['TopicConfigurations', 'QueueConfigurations', 'LambdaFunctionConfigurations'] as const;

function listOf(value: unknown): readonly Members[] {
  return Array.isArray(value) ? value.map((each) => ({ ...Object(each) })) : [];
}

/** The notifications of others on a bucket that the stack does not manage. */
async function kept(bucket: string, ownPrefix: string, { call }: ResourceContext): Promise<Members> {
  const found = await call('s3', 'GetBucketNotificationConfiguration', { Bucket: bucket });
  return Object.fromEntries(
    LISTS.map((list) => [list, listOf(found[list]).filter(({ Id }) => !String(Id).startsWith(ownPrefix))]),
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
  const lists = LISTS.map((list) => {
    const own = listOf(wanted[list]).map((each, at) => ({ ...each, Id: String(each.Id ?? `${prefix}${at}`) }));
    return [list, [...listOf(others[list]), ...own]] as const;
  });
  await context.call('s3', 'PutBucketNotificationConfiguration', {
    Bucket,
    NotificationConfiguration: {
      ...Object.fromEntries(lists.filter(([, list]) => list.length > 0)),
      ...(wanted.EventBridgeConfiguration !== undefined && { EventBridgeConfiguration: {} }),
    },
  });
  return { physicalId: id ?? `${prefix}${randomId.upper(12)}` };
};
