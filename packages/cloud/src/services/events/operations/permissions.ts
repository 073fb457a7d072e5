import type { RowMaker } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import { InputReader } from '../../../core/input-reader.js';
import { parseJson } from '../../../core/json.js';
import { parsePolicy } from '../../../iam/index.js';
import { type BusName, busArn, parseBusName } from '../bus-name.js';
import { busPolicy } from '../bus-store.js';
import { invalid, notFound } from '../events-error.js';
import { type EventsState, eventsOperation } from '../service-state.js';

const SID = { pattern: /^[a-zA-Z0-9\-_]+$/, max: 64 };

/** What PutPermission says without a policy: one statement for one account, or for everybody under a condition. */
interface Grant {
  readonly sid: string;
  readonly action: string;
  readonly principal: string;
  readonly condition: { readonly type: string; readonly key: string; readonly value: string } | undefined;
}

function readGrant(input: InputReader): Grant {
  const condition = input.structure('Condition');
  return {
    sid: input.requiredText('StatementId', SID),
    action: input.requiredText('Action', { oneOf: ['events:PutEvents'] }),
    principal: input.requiredText('Principal', { pattern: /^(\d{12}|\*)$/ }),
    condition: condition && {
      type: condition.requiredText('Type'),
      key: condition.requiredText('Key'),
      value: condition.requiredText('Value'),
    },
  };
}

function statementOf({ sid, action, principal, condition }: Grant, bus: BusName): object {
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: principal === '*' ? '*' : { AWS: `arn:aws:iam::${principal}:root` },
    Action: action,
    Resource: busArn(bus),
    ...(condition && { Condition: { [condition.type]: { [condition.key]: condition.value } } }),
  };
}

/** @throws AwsError ValidationException */
function statementsOf(policy: string): readonly unknown[] {
  try {
    parsePolicy(policy, 'resource');
  } catch (error) {
    if (error instanceof AwsError) throw invalid(`Parameter Policy is not valid. Reason: ${error.message}`);
    throw error;
  }
  const document: unknown = parseJson(policy);
  return [typeof document === 'object' && document !== null ? Reflect.get(document, 'Statement') : []].flat();
}

export function sidOf(statement: unknown): unknown {
  return typeof statement === 'object' && statement !== null ? Reflect.get(statement, 'Sid') : undefined;
}

/** EventBridge names the bus in its decision, though the reference lists none. */
const permissionAccess = <Input extends { readonly bus: string | undefined }>(
  row: RowMaker<EventsState, Input>,
  action: string,
) => row({ action: `events:${action}`, on: ({ bus }, call) => ({ resource: busArn(parseBusName(bus, call)) }) });

export const putPermission = eventsOperation({
  name: 'PutPermission',
  parse: (raw) => {
    const input = new InputReader(raw);
    const policy = input.text('Policy');
    const parsed = {
      bus: input.text('EventBusName'),
      policy,
      grant: policy === undefined ? readGrant(input) : undefined,
    };
    input.check();
    return parsed;
  },
  access: (row) => [permissionAccess(row, 'PutPermission')],
  handle: async ({ bus: name, policy, grant }, call, { context, bridge: { buses } }) => {
    const bus = buses.get(parseBusName(name, call));
    const kept = grant ? bus.statements.filter((statement) => sidOf(statement) !== grant.sid) : [];
    const given = grant ? [statementOf(grant, bus)] : statementsOf(policy ?? '{}');
    const changed = { ...bus, statements: [...kept, ...given], modified: context.now() };
    await buses.put(changed);
    const text = busPolicy(changed);
    if (text !== undefined) context.reviewPolicy({ name: `the policy of ${busArn(bus)}`, text, kind: 'resource' });
  },
});

export const removePermission = eventsOperation({
  name: 'RemovePermission',
  parse: (raw) => {
    const input = new InputReader(raw);
    const parsed = {
      bus: input.text('EventBusName'),
      sid: input.text('StatementId', SID),
      everything: input.flag('RemoveAllPermissions') ?? false,
    };
    input.check();
    return parsed;
  },
  access: (row) => [permissionAccess(row, 'RemovePermission')],
  handle: async ({ bus: name, sid, everything }, call, { context, bridge: { buses } }) => {
    const bus = buses.get(parseBusName(name, call));
    const kept = everything ? [] : bus.statements.filter((statement) => sidOf(statement) !== sid);
    if (!everything && kept.length === bus.statements.length) {
      throw notFound('Statement with the provided id does not exist.');
    }
    await buses.put({ ...bus, statements: kept, modified: context.now() });
  },
});
