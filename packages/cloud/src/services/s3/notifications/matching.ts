import type { EventName } from './bucket-event.js';
import type { NotificationConfiguration } from './notification-configuration.js';

/** A target that asked for an event. */
export interface NotificationTarget {
  readonly configurationId: string;
  readonly kind: 'queue' | 'topic' | 'function';
  readonly arn: string;
}

interface Rule {
  readonly Id?: string | undefined;
  readonly Events?: readonly string[] | undefined;
  readonly Filter?: NonNullable<NotificationConfiguration['QueueConfigurations']>[number]['Filter'];
}

/** `s3:ObjectCreated:*` means every event that begins so. */
function namesEvent(pattern: string, name: EventName): boolean {
  const own = `s3:${name}`;
  return pattern.endsWith(':*') ? own.startsWith(pattern.slice(0, -1)) : pattern === own;
}

function matches({ Events = [], Filter }: Rule, name: EventName, key: string): boolean {
  if (!Events.some((pattern) => namesEvent(pattern, name))) return false;
  return (Filter?.Key?.FilterRules ?? []).every(({ Name, Value = '' }) =>
    Name?.toLowerCase() === 'suffix' ? key.endsWith(Value) : key.startsWith(Value),
  );
}

/** The targets of a bucket that asked for an event. */
export function targetsOf(
  configuration: NotificationConfiguration,
  name: EventName,
  key: string,
): readonly NotificationTarget[] {
  return selected(configuration, (rule) => matches(rule, name, key));
}

/** Every target of a bucket. */
export function allTargets(configuration: NotificationConfiguration): readonly NotificationTarget[] {
  return selected(configuration, () => true);
}

function selected(
  { QueueConfigurations, TopicConfigurations, LambdaFunctionConfigurations }: NotificationConfiguration,
  isWanted: (rule: Rule) => boolean,
): readonly NotificationTarget[] {
  const select = <R extends Rule>(
    rules: readonly R[] | undefined,
    kind: NotificationTarget['kind'],
    arnOf: (rule: R) => string | undefined,
  ): NotificationTarget[] =>
    (rules ?? []).filter(isWanted).map((rule) => ({ configurationId: rule.Id ?? '', kind, arn: arnOf(rule) ?? '' }));
  return [
    ...select(QueueConfigurations, 'queue', ({ QueueArn }) => QueueArn),
    ...select(TopicConfigurations, 'topic', ({ TopicArn }) => TopicArn),
    ...select(LambdaFunctionConfigurations, 'function', ({ LambdaFunctionArn }) => LambdaFunctionArn),
  ];
}
