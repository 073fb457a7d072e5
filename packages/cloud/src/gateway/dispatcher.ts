import type { Access } from '../core/access.js';
import type { Authorizer } from '../core/authorizer.js';
import { AwsError } from '../core/aws-error.js';
import type { CloudContext } from '../core/cloud.js';
import type { Call } from '../core/operation.js';
import type { Dispatch, ProtocolFamily, Service } from '../core/service.js';
import { accessDenied } from './authentication-error.js';

/** `enforce` refuses what no policy allows, `warn` says it and goes on, `off` does not look. */
export type IamMode = 'enforce' | 'warn' | 'off';

export interface DispatcherOptions {
  readonly services: ReadonlyMap<string, Service>;
  readonly authorizer: Authorizer;
  readonly mode: IamMode;
  readonly emit: CloudContext['emit'];
  readonly now: CloudContext['now'];
}

/** By what clients know that an operation is not there. */
const UNKNOWN: Readonly<Record<ProtocolFamily, readonly [code: string, status: number]>> = {
  json: ['UnknownOperationException', 400],
  'rest-json': ['UnknownOperationException', 400],
  query: ['InvalidAction', 400],
  'rest-xml': ['NotImplemented', 501],
};

/** The error for an operation that AWS may have and this cloud does not have. */
export function unknownOperation(service: Service, operation: string): AwsError {
  const message = `The local cloud does not have the operation ${operation} of ${service.name}`;
  const [code, status] = UNKNOWN[service.protocol.family];
  return new AwsError(code, message, status);
}

/** The error for a service that AWS may have and this cloud does not have. */
export function unknownService(name: string, services: ReadonlyMap<string, Service>): AwsError {
  for (const { recordedService } of services.values()) {
    const recorded = recordedService?.(name);
    if (recorded) {
      const message = `${recorded.namespace} is only recorded in the local cloud: its resources deploy, and ${recorded.differs}`;
      return new AwsError('UnsupportedService', message, 400);
    }
  }
  const known = [...services.keys()].sort().join(', ');
  return new AwsError('UnsupportedService', `The local cloud does not have the service ${name}; it has ${known}`, 400);
}

/** The two doors of the one way to an operation. */
export interface Dispatcher {
  /** Runs a call in process: its input is read by the service's model first. */
  readonly dispatch: Dispatch;
  /** Runs a call whose input a protocol has read already. */
  readonly dispatchRead: Dispatch;
}

/** The one way to an operation: parse, check the accesses, handle. */
export function createDispatcher({ services, authorizer, mode, emit, now }: DispatcherOptions): Dispatcher {
  async function check(service: Service, access: Access, call: Call): Promise<void> {
    const decision = await authorizer(access, call);
    if (decision.allowed) return;
    const refused = mode === 'enforce';
    emit({
      kind: 'accessDenied',
      time: now(),
      principal: call.principal,
      action: access.action,
      resource: access.resource,
      reason: decision.reason,
      statement: decision.statement,
      refused,
    });
    if (refused) throw accessDenied(service.name, service.protocol.family, decision.message);
  }

  let listeners: readonly NonNullable<Service['beforeCall']>[] | undefined;

  async function run(
    serviceName: string,
    operationName: string,
    input: unknown,
    call: Call,
    isRead: boolean,
    // biome-ignore lint/suspicious/noExplicitAny: Dispatch gives each operation's output its type
  ): Promise<any> {
    // Services are known once all of them are made, which is before the first call.
    listeners ??= [...services.values()].flatMap(({ beforeCall }) => beforeCall ?? []);
    for (const beforeCall of listeners) {
      const preparing = beforeCall(serviceName, operationName, input, call);
      if (preparing) await preparing;
    }
    const service = services.get(serviceName);
    if (!service) throw unknownService(serviceName, services);
    const operation = service.operations.get(operationName);
    if (!operation || (isRead && operation.internal)) throw unknownOperation(service, operationName);
    const parsed = operation.parse(isRead || !operation.read ? input : operation.read(input), call);
    if (mode !== 'off') {
      for (const { accesses } of operation.access) {
        for (const access of await accesses(parsed, call)) await check(service, access, call);
      }
    }
    return operation.handle(parsed, call);
  }

  return {
    dispatch: (service, operation, input, call) => run(service, operation, input, call, false),
    dispatchRead: (service, operation, input, call) => run(service, operation, input, call, true),
  };
}
