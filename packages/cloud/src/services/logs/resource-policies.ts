import { AwsError } from '../../core/aws-error.js';
import { parseJson } from '../../core/json.js';
import type { Scope } from '../../core/operation.js';
import type { Area } from '../../core/store.js';
import { RecordStore } from '../../kit/record-store.js';

/** A policy of an account in a region, which lets services write logs, as it is stored. */
export interface ResourcePolicy extends Scope {
  readonly name: string;
  /** JSON. */
  readonly document: string;
  /** Epoch milliseconds. */
  readonly updated: number;
}

const keyOf = ({ account, region, name }: Omit<ResourcePolicy, 'document' | 'updated'>): string =>
  `${account}/${region}/${name}`;

/** Policies of an account in a region. */
const MAX_POLICIES = 10;

/** The resource policies of every account and region. */
export class ResourcePolicies {
  readonly #records: RecordStore<ResourcePolicy>;
  /** All policies of an account and region as one, until one of them changes. */
  readonly #whole = new Map<string, string | undefined>();

  constructor(root: Area) {
    this.#records = new RecordStore<ResourcePolicy>(root.area('logs-resource-policies'), keyOf);
  }

  load(): Promise<void> {
    return this.#records.load();
  }

  list(scope: Scope): readonly ResourcePolicy[] {
    return this.#records.list(scope, ({ name }) => name);
  }

  /** @throws AwsError LimitExceededException */
  put(policy: ResourcePolicy): Promise<void> {
    if (!this.#records.find(keyOf(policy)) && this.list(policy).length >= MAX_POLICIES) {
      throw new AwsError('LimitExceededException', 'Resource limit exceeded.');
    }
    this.#whole.clear();
    return this.#records.put(policy);
  }

  /** @throws AwsError ResourceNotFoundException */
  delete(scope: Scope, name: string): Promise<void> {
    const key = keyOf({ ...scope, name });
    if (!this.#records.find(key)) {
      throw new AwsError('ResourceNotFoundException', `Policy with name [${name}] does not exist.`);
    }
    this.#whole.clear();
    return this.#records.delete(key);
  }

  /** The statements of all policies of an account and region as one policy; undefined where it has none. */
  whole(scope: Scope): string | undefined {
    const key = `${scope.account}/${scope.region}`;
    if (!this.#whole.has(key)) this.#whole.set(key, policyOf(this.list(scope)));
    return this.#whole.get(key);
  }
}

/** The ids of statements are those of one policy each. */
function withoutSid(statement: unknown): unknown {
  if (typeof statement !== 'object' || statement === null) return statement;
  return Object.fromEntries(Object.entries(statement).filter(([name]) => name !== 'Sid'));
}

function policyOf(policies: readonly ResourcePolicy[]): string | undefined {
  if (policies.length === 0) return undefined;
  const statements = policies.flatMap(({ document }) => {
    const parsed: unknown = parseJson(document);
    const statement: unknown = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'Statement') : [];
    return [statement].flat().map(withoutSid);
  });
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}
