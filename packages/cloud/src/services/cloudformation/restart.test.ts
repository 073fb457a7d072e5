import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AwsError } from '../../core/aws-error.js';
import type { CloudContext } from '../../core/cloud.js';
import type { Call } from '../../core/operation.js';
import { DEFAULT_QUOTAS } from '../../core/quotas.js';
import type { Dispatch, Service } from '../../core/service.js';
import { ServiceMetrics } from '../../core/service-metrics.js';
import type { Area, Store } from '../../core/store.js';
import { createDispatcher } from '../../gateway/dispatcher.js';
import { openMemoryStore } from '../../store/open-store.js';
import { fakeService, stackCloud, type Workshop, workshop } from './fixtures/stack-cloud.js';
import { cloudFormation } from './index.js';
import { type StackResource, stackUuid } from './stack/stack.js';
import { StackStore, stacksInProgress } from './stack/stack-store.js';

const SCOPE = { account: '000000000000', region: 'eu-west-1' };
const CALL: Call = {
  ...SCOPE,
  principal: { kind: 'root', account: SCOPE.account },
  requestId: 'request',
  sourceIp: '127.0.0.1',
};
const never = new Promise<never>(() => {});

/** The store as a process sees it that dies when `steps` more steps were taken: nothing after that is written or done. */
class Life {
  readonly dead: Promise<void>;
  #die: () => void = () => {};
  #left: number;

  constructor(steps: number) {
    this.#left = steps;
    this.dead = new Promise((resolve) => {
      this.#die = resolve;
    });
  }

  async step(): Promise<void> {
    if (--this.#left >= 0) return;
    this.#die();
    await never;
  }

  store(store: Store): Store {
    const area = (inner: Area): Area => ({
      ...inner,
      batch: async (writes) => {
        await this.step();
        await inner.batch(writes);
      },
      area: (name) => area(inner.area(name)),
    });
    return { ...store, root: area(store.root), area: (...names) => area(store.area(...names)) };
  }
}

function process(
  store: Store,
  shop: Workshop,
  life: Life,
): { readonly dispatch: Dispatch; readonly start: () => Promise<void> } {
  const services = new Map<string, Service>();
  const authorizer = async () => ({ allowed: true }) as const;
  const { dispatch } = createDispatcher({ services, authorizer, mode: 'off', emit: () => {}, now: Date.now });
  const context: CloudContext = {
    store: life.store(store),
    dispatch,
    credentials: { find: async () => undefined, issue: () => never },
    services,
    emit: () => {},
    reviewPolicy: () => {},
    quotas: DEFAULT_QUOTAS,
    now: Date.now,
    metrics: new ServiceMetrics(Date.now),
    endpoint: () => 'http://127.0.0.1:4566',
    workFolder: '',
    objectsFolder: '',
    apiIds: new Set(),
    functionUrlIds: new Set(),
    queueUrls: new Set(),
    rewriteUrls: false,
    refuseRecorded: false,
  };
  for (const make of [cloudFormation, fakeService(shop)]) {
    const service = make(context);
    services.set(service.name, service);
  }
  return { dispatch, start: async () => services.get('cloudformation')?.start?.() };
}

/** Waits, turn by turn of the event loop, until no operation is under way. */
async function idle(store: Store): Promise<void> {
  while ((await stacksInProgress(store)).length > 0) await new Promise((resolve) => setImmediate(resolve));
}

interface Scenario {
  readonly name: string;
  readonly before?: object;
  readonly operation: 'CreateStack' | 'UpdateStack' | 'DeleteStack';
  readonly template?: object;
  /** Fails the operation. */
  readonly refuse?: string;
  readonly status: string;
  /** The properties of all that exists afterwards, by logical id. */
  readonly left: Readonly<Record<string, object>>;
}

const queue = (properties: object, more: object = {}): object => ({
  Type: 'AWS::SQS::Queue',
  Properties: properties,
  ...more,
});
const before = {
  A: queue({ DelaySeconds: 1 }),
  B: queue({ FifoQueue: false, RedrivePolicy: { of: { Ref: 'A' } } }),
  Gone: queue({ DelaySeconds: 9 }),
};
const after = {
  A: queue({ DelaySeconds: 2 }),
  B: queue({ FifoQueue: true, RedrivePolicy: { of: { Ref: 'A' } } }),
  C: queue({ RedrivePolicy: { of: { Ref: 'B' } } }),
};

const scenarios: readonly Scenario[] = [
  {
    name: 'a create',
    operation: 'CreateStack',
    template: before,
    status: 'CREATE_COMPLETE',
    left: { A: {}, B: {}, Gone: {} },
  },
  {
    name: 'a create that fails',
    operation: 'CreateStack',
    template: before,
    refuse: 'create B',
    status: 'ROLLBACK_COMPLETE',
    left: {},
  },
  {
    name: 'an update',
    before,
    operation: 'UpdateStack',
    template: after,
    status: 'UPDATE_COMPLETE',
    left: { A: { DelaySeconds: 2 }, B: { FifoQueue: true }, C: {} },
  },
  {
    name: 'an update that fails',
    before,
    operation: 'UpdateStack',
    template: after,
    refuse: 'create C',
    status: 'UPDATE_ROLLBACK_COMPLETE',
    left: { A: { DelaySeconds: 1 }, B: { FifoQueue: false }, Gone: { DelaySeconds: 9 } },
  },
  { name: 'a delete', before, operation: 'DeleteStack', status: 'DELETE_COMPLETE', left: {} },
];

function input({ operation, template }: Pick<Scenario, 'operation' | 'template'>): object {
  return {
    StackName: 'app',
    ...(operation !== 'DeleteStack' && { TemplateBody: JSON.stringify({ Resources: template }) }),
  };
}

/** Runs a scenario in a process that dies after `steps` steps, then in one that lives. @returns whether the first died */
async function run(scenario: Scenario, steps: number): Promise<boolean> {
  const store = await openMemoryStore();
  const shop = workshop();
  if (scenario.before) {
    const first = process(store, shop, new Life(Number.POSITIVE_INFINITY));
    await first.dispatch(
      'cloudformation',
      'CreateStack',
      input({ operation: 'CreateStack', template: scenario.before }),
      CALL,
    );
  }
  const refuse = (work: { what: string; logicalId: string }): void => {
    if (`${work.what} ${work.logicalId}` === scenario.refuse) throw new AwsError('InvalidParameter', 'no');
  };
  const life = new Life(steps);
  shop.hook = async (work) => {
    await life.step();
    refuse(work);
  };
  const dying = process(store, shop, life);
  const answer = dying.dispatch('cloudformation', scenario.operation, input(scenario), CALL);
  const died = await Promise.race([life.dead.then(() => true), answer.then(() => false)]);
  // The operation was not even begun: as if it had never been asked for.
  const began = (await stacksInProgress(store)).length > 0 || !died;
  if (died) {
    shop.hook = refuse;
    const next = process(store, shop, new Life(Number.POSITIVE_INFINITY));
    await next.start();
    await idle(store);
  }
  if (began) await check(store, shop, scenario, steps);
  return died;
}

async function check(store: Store, shop: Workshop, scenario: Scenario, steps: number): Promise<void> {
  const stacks = new StackStore(store, SCOPE);
  const [stack] = await stacks.stacks();
  if (!stack) throw new Error('no stack');
  expect([steps, stack.status]).toEqual([steps, scenario.status]);
  const there: readonly StackResource[] = (await stacks.resources(stack.id)).filter(
    ({ status }) => status !== 'DELETE_COMPLETE' && status !== 'CREATE_FAILED',
  );
  const things = new Map(there.map(({ logicalId, physicalId }) => [logicalId, shop.things.get(physicalId)]));
  expect([steps, Object.fromEntries(things)]).toMatchObject([steps, scenario.left]);
  expect([steps, [...things.keys()].sort()]).toEqual([steps, Object.keys(scenario.left).sort()]);
  // Nothing exists that the stack does not know of.
  expect([steps, shop.things.size]).toEqual([steps, Object.keys(scenario.left).length]);
  const times = (await stacks.events(stack.id)).map(({ time }) => time);
  expect(times).toEqual([...new Set(times)].sort((a, b) => b - a));
  expect(stackUuid(stack.id)).toMatch(/^[0-9a-f-]{36}$/);
}

describe('whenever the process dies, the next one ends what was begun', () => {
  test.each(scenarios)('$name', async (scenario) => {
    let steps = 0;
    while (await run(scenario, steps)) steps++;
    expect(steps).toBeGreaterThan(5);
  });
});

test('a cloud that is stopped in the middle of a deployment takes no failure of its ending services for a result', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'goblet-restart-'));
  const shop = workshop();
  let begun = (): void => {};
  const creating = new Promise<void>((resolve) => {
    begun = resolve;
  });
  let end = (_: Error): void => {};
  shop.hook = () => {
    begun();
    return new Promise((_, reject) => {
      end = reject;
    });
  };
  try {
    const first = await stackCloud(shop, { ephemeral: false, dataFolder });
    const template = { Resources: { A: queue({}), B: queue({}, { DependsOn: 'A' }) } };
    void first.deploy('app', template).catch(() => {});
    await creating;
    const closing = first.close();
    end(new AwsError('ServiceUnavailable', 'the service has stopped', 503));
    await closing;

    shop.hook = () => {};
    await using second = await stackCloud(shop, { ephemeral: false, dataFolder });
    await idle(second.context.store);
    expect((await second.stack('app')).StackStatus).toBe('CREATE_COMPLETE');
    const [cutOff, again] = shop.work;
    expect(again).toEqual(cutOff);
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
});
