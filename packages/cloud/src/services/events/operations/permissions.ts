import type { RowMaker } from '../../../core/access.js';
import type { Input } from '../../../model/client-types.js';
import { type BusName, busArn, parseBusName } from '../buses/bus-name.js';
import { busPolicy, parseStatements, sidOf } from '../buses/bus-policy.js';
import { invalid, notFound } from '../events-error.js';
import { BUS_NAME, type EventsState, eventsOperation } from '../service-state.js';

const SID = { min: 1, max: 64, pattern: /[a-zA-Z0-9-_]+/ };

/** The statement that PutPermission makes without a policy: for one account, or for everybody under a condition. */
function statementOf(input: Input<'events', 'PutPermission'>, bus: BusName): object {
  const { StatementId: Sid, Action, Principal: principal, Condition: condition } = input;
  if (Sid === undefined || Action === undefined || principal === undefined) {
    throw invalid('Parameters Action, Principal and StatementId must be provided, or Policy.');
  }
  return {
    Sid,
    Effect: 'Allow',
    Principal: principal === '*' ? '*' : { AWS: `arn:aws:iam::${principal}:root` },
    Action,
    Resource: busArn(bus),
    ...(condition && { Condition: { [condition.Type]: { [condition.Key]: condition.Value } } }),
  };
}

/** EventBridge names the bus in its decision, though the reference lists none. */
const permissionAccess = <In extends { readonly bus: BusName }>(row: RowMaker<EventsState, In>, action: string) =>
  row({ action: `events:${action}`, on: ({ bus }) => ({ resource: busArn(bus) }) });

export const putPermission = eventsOperation({
  name: 'PutPermission',
  limits: {
    EventBusName: BUS_NAME,
    Action: { min: 1, max: 64, pattern: /events:[a-zA-Z]+/ },
    Principal: { min: 1, max: 12, pattern: /(\d{12}|\*)/ },
    StatementId: SID,
  },
  parse: (input, scope) => {
    const bus = parseBusName(input.EventBusName, scope);
    if (input.Policy !== undefined) return { bus, sid: undefined, policy: input.Policy };
    return { bus, sid: input.StatementId, policy: statementOf(input, bus) };
  },
  access: (row) => [permissionAccess(row, 'PutPermission')],
  handle: async ({ bus, sid, policy }, _call, { context, bridge: { buses } }) => {
    const record = buses.get(bus);
    const statements = typeof policy === 'string' ? parseStatements(policy) : [policy];
    // A policy replaces the whole one, a statement the one of its id.
    const others = sid === undefined ? [] : record.statements.filter((statement) => sidOf(statement) !== sid);
    const changed = { ...record, statements: [...others, ...statements], modified: context.now() };
    await buses.put(changed);
    const text = busPolicy(changed);
    if (text !== undefined) context.reviewPolicy({ name: `the policy of ${busArn(bus)}`, text, kind: 'resource' });
  },
});

export const removePermission = eventsOperation({
  name: 'RemovePermission',
  limits: { EventBusName: BUS_NAME, StatementId: SID },
  parse: ({ EventBusName, StatementId: sid, RemoveAllPermissions: isAll = false }, scope) => ({
    bus: parseBusName(EventBusName, scope),
    sid,
    isAll,
  }),
  access: (row) => [permissionAccess(row, 'RemovePermission')],
  handle: async ({ bus, sid, isAll }, _call, { context, bridge: { buses } }) => {
    const record = buses.get(bus);
    const kept = isAll ? [] : record.statements.filter((statement) => sidOf(statement) !== sid);
    if (!isAll && kept.length === record.statements.length) {
      throw notFound('Statement with the provided id does not exist.');
    }
    await buses.put({ ...record, statements: kept, modified: context.now() });
  },
});
