import { AsyncLocalStorage } from 'node:async_hooks';
import type { Call, Scope } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import { parseDefinition } from '../operations/definition-request.js';
import { readDefinition } from '../operations/read-definition.js';
import { newStackId } from '../operations/stack-id.js';
import { newOperation, newStack } from '../operations/start-stack.js';
import { type CloudFormationState, storeOf } from '../operations/state.js';
import { bootstrapTemplate } from './template.js';
import { TOOLKIT_STACK } from './trigger.js';

/** The developer's account, trusted by the bootstrap stacks of all others. */
const DEFAULT_ACCOUNT = '000000000000';

/**
 * Deploys the bootstrap stack of an account and region, once, unless there is one.
 * @returns a function whose promise resolves when the stack is there; undefined for calls that the bootstrap itself makes
 */
export function createBootstrap(
  state: CloudFormationState,
): (scope: Scope, caller: string) => Promise<void> | undefined {
  const done = new Map<string, Promise<void>>();
  // The bootstrap makes calls itself that name what it is making.
  const inside = new AsyncLocalStorage<true>();
  let running = 0;
  return (scope, caller) => {
    if (inside.getStore()) return undefined;
    const key = `${scope.account}/${scope.region}`;
    let work = done.get(key);
    if (!work) {
      running++;
      work = inside
        .run(true, () => bootstrap(scope, caller, state))
        .catch((error: unknown) => {
          done.delete(key);
          throw error;
        })
        .finally(() => {
          running--;
          // Up to Node.js 22 every promise of the process pays for a storage that is in use.
          if (running === 0) inside.disable();
        });
      done.set(key, work);
    }
    return work;
  };
}

async function bootstrap(scope: Scope, caller: string, state: CloudFormationState): Promise<void> {
  const there = await storeOf(state, scope).find(TOOLKIT_STACK);
  // Somebody's own, or one that a restart resumes: waiting for it would hold up the very calls that it makes.
  if (there) return;
  const { account, region } = scope;
  const call: Call = {
    account,
    region,
    principal: { kind: 'root', account },
    requestId: randomId.uuid(),
    sourceIp: '127.0.0.1',
  };
  const trusted = [...new Set([DEFAULT_ACCOUNT, caller])].filter((one) => one !== account).join(',');
  const parameters = {
    CloudFormationExecutionPolicies: 'arn:aws:iam::aws:policy/AdministratorAccess',
    TrustedAccounts: trusted,
    TrustedAccountsForLookup: trusted,
  };
  const request = parseDefinition({
    TemplateBody: JSON.stringify(bootstrapTemplate),
    Capabilities: ['CAPABILITY_NAMED_IAM'],
    Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
  });
  const id = newStackId('stack', TOOLKIT_STACK, call);
  const { definition } = await readDefinition(request, { ...scope, id, name: TOOLKIT_STACK }, undefined, call, state);
  const stack = newStack(id, TOOLKIT_STACK, definition, state.cloud.now(), call);
  const operation = await newOperation('CREATE', undefined, { onFailure: 'DELETE' }, call, state);
  await state.engine.create(stack, operation);
  await state.engine.finished(id);
  const made = await storeOf(state, scope).find(id);
  if (made?.status === 'CREATE_COMPLETE') return;
  const reason = (await storeOf(state, scope).events(id)).find(({ status }) => status === 'CREATE_FAILED')?.reason;
  if (reason !== undefined && /already (exists|own)/i.test(reason)) {
    // A stack of one's own has made the toolkit's things, or some of them: what is missing, is missing, as on AWS.
    const message = `the CDK's bootstrap stack of account ${account} in ${region} is left out: ${reason}`;
    state.cloud.emit({ kind: 'warning', time: state.cloud.now(), message });
    return;
  }
  throw new Error(`bootstrapping ${account} in ${region} failed: ${reason ?? made?.statusReason}`);
}
