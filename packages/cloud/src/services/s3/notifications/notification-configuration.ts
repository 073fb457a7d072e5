import { randomUUID } from 'node:crypto';
import { malformedXml } from '../../../gateway/read-xml.js';
import type { BucketSettings } from '../buckets/bucket-settings.js';
import { s3Error } from '../s3-error.js';

export type NotificationConfiguration = NonNullable<BucketSettings['notification']>;

interface Rule {
  readonly Id?: string | undefined;
  readonly Events: readonly string[];
  readonly Filter?: NonNullable<NotificationConfiguration['QueueConfigurations']>[number]['Filter'];
}

/** @throws AwsError InvalidArgument */
function checkFilter({ Filter }: Rule): void {
  for (const { Name, Value } of Filter?.Key?.FilterRules ?? []) {
    if (Name === undefined || Value === undefined) throw malformedXml();
    if (!/^(prefix|suffix)$/i.test(Name)) {
      throw s3Error.invalidArgument('filter rule name must be either prefix or suffix', 'FilterRule.Name', Name);
    }
  }
}

/** Filter rules are answered with a capital letter. */
function named<R extends Rule>(rule: R): R {
  const rules = rule.Filter?.Key?.FilterRules?.map(({ Name, Value }) => ({
    Name: Name && Name.charAt(0).toUpperCase() + Name.slice(1).toLowerCase(),
    Value,
  }));
  return { ...rule, Id: rule.Id || randomUUID(), ...(rules && { Filter: { Key: { FilterRules: rules } } }) };
}

function checkRules<R extends Rule>(rules: readonly R[], targetOf: (rule: R) => string, element: string): readonly R[] {
  for (const rule of rules) {
    if (rule.Events.length === 0) throw malformedXml();
    checkFilter(rule);
    const arn = targetOf(rule);
    if (!/^arn:[^:]+:[^:]+:[^:]*:\d{12}:.+$/.test(arn)) {
      throw s3Error.invalidArgument('The ARN could not be parsed', element, arn);
    }
  }
  return rules.map(named);
}

/**
 * The notifications of a bucket as they are kept: each with an id.
 *
 * @throws AwsError InvalidArgument, MalformedXML
 */
export function checkNotifications(configuration: NotificationConfiguration): NotificationConfiguration {
  const { QueueConfigurations, TopicConfigurations, LambdaFunctionConfigurations } = configuration;
  return {
    ...configuration,
    ...(QueueConfigurations && {
      QueueConfigurations: checkRules(
        QueueConfigurations,
        ({ QueueArn }) => QueueArn,
        'Queue',
      ) as typeof QueueConfigurations,
    }),
    ...(TopicConfigurations && {
      TopicConfigurations: checkRules(
        TopicConfigurations,
        ({ TopicArn }) => TopicArn,
        'Topic',
      ) as typeof TopicConfigurations,
    }),
    ...(LambdaFunctionConfigurations && {
      LambdaFunctionConfigurations: checkRules(
        LambdaFunctionConfigurations,
        ({ LambdaFunctionArn }) => LambdaFunctionArn,
        'CloudFunction',
      ) as typeof LambdaFunctionConfigurations,
    }),
  };
}
