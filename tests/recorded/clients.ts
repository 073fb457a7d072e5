import type { ClientConfig } from '../../packages/cloud/src/testing/index.js';

/** The SDK clients that cases ask with, loaded when a case needs them. */
export const sdks = {
  apigateway: () => import('@aws-sdk/client-api-gateway'),
  cloudformation: () => import('@aws-sdk/client-cloudformation'),
  cloudwatch: () => import('@aws-sdk/client-cloudwatch'),
  dynamodb: () => import('@aws-sdk/client-dynamodb'),
  events: () => import('@aws-sdk/client-eventbridge'),
  iam: () => import('@aws-sdk/client-iam'),
  kinesis: () => import('@aws-sdk/client-kinesis'),
  kms: () => import('@aws-sdk/client-kms'),
  lambda: () => import('@aws-sdk/client-lambda'),
  logs: () => import('@aws-sdk/client-cloudwatch-logs'),
  s3: () => import('@aws-sdk/client-s3'),
  scheduler: () => import('@aws-sdk/client-scheduler'),
  secretsmanager: () => import('@aws-sdk/client-secrets-manager'),
  sns: () => import('@aws-sdk/client-sns'),
  sqs: () => import('@aws-sdk/client-sqs'),
  ssm: () => import('@aws-sdk/client-ssm'),
  sts: () => import('@aws-sdk/client-sts'),
};

export interface Asker {
  /** @throws the client's own error */
  readonly ask: (service: string, operation: string, input: object) => Promise<Readonly<Record<string, unknown>>>;
  readonly close: () => void;
}

interface Client {
  readonly send: (command: unknown) => Promise<Record<string, unknown>>;
  readonly destroy: () => void;
}

/** Asks with real SDK clients, one for each service. */
export function sdkAsker(config: ClientConfig): Asker {
  const clients = new Map<string, Client>();
  const clientOf = (service: string, sdk: Readonly<Record<string, unknown>>): Client => {
    const known = clients.get(service);
    if (known) return known;
    const name = Object.keys(sdk).find((one) => /^[A-Z]\w+Client$/.test(one)) ?? '';
    const made = new (constructorIn<Client>(sdk, name))({ ...config, maxAttempts: 1, forcePathStyle: true });
    clients.set(service, made);
    return made;
  };
  return {
    ask: async (service, operation, input) => {
      const load = Object.entries(sdks).find(([name]) => name === service)?.[1];
      if (!load) throw new Error(`${service} has no client in tests/recorded/clients.ts`);
      const sdk: Readonly<Record<string, unknown>> = await load();
      const command = new (constructorIn<object>(sdk, `${operation}Command`))(input);
      return clientOf(service, sdk).send(command);
    },
    close: () => {
      for (const client of clients.values()) client.destroy();
    },
  };
}

function constructorIn<T>(sdk: Readonly<Record<string, unknown>>, name: string): new (input: object) => T {
  const found = sdk[name];
  if (typeof found !== 'function') throw new Error(`the SDK's client has no ${name}`);
  return found as new (
    input: object,
  ) => T;
}
