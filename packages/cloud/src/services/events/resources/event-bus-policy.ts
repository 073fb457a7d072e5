import { unlessGone } from '../../../core/aws-failure.js';
import { parseJson } from '../../../core/json.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { createSerial, type Serial } from '../../../store/serial.js';
import { busArn, parseBusName } from '../buses/bus-name.js';
import { sidOf } from '../buses/bus-policy.js';

interface EventBusPolicyProperties extends Properties {
  readonly StatementId: string;
  readonly EventBusName?: string;
  readonly Statement?: object;
}

async function put(
  properties: EventBusPolicyProperties,
  context: ResourceContext,
  serial: Serial,
): Promise<ResourceState> {
  const { StatementId, Statement, EventBusName } = properties;
  if (Statement === undefined) await context.call('events', 'PutPermission', properties);
  else {
    await serial(busArn(parseBusName(EventBusName, context)), async () => {
      const { Policy } = await context.call('events', 'DescribeEventBus', { Name: EventBusName });
      const document = parseJson(Policy ?? '{}') as { readonly Statement?: readonly unknown[] };
      const others = (document.Statement ?? []).filter((statement) => sidOf(statement) !== StatementId);
      const policy = { Version: '2012-10-17', Statement: [...others, { ...Statement, Sid: StatementId }] };
      await context.call('events', 'PutPermission', { EventBusName, Policy: JSON.stringify(policy) });
    });
  }
  return {};
}

/** AWS::Events::EventBusPolicy: one statement of the policy of a bus. */
export function eventBusPolicyResource(): ResourceType<EventBusPolicyProperties> {
  // A statement is set by setting the whole policy, which the statements of one stack do at once.
  const serial = createSerial();
  return {
    type: 'AWS::Events::EventBusPolicy',
    create: (_id, properties, context) => put(properties, context, serial),
    update: (_id, properties, _previous, context) => put(properties, context, serial),
    delete: (_id, { StatementId, EventBusName }, context) =>
      unlessGone(context.call('events', 'RemovePermission', { StatementId, EventBusName })),
  };
}
