import { AwsError } from '../../core/aws-error.js';
import { parseJson } from '../../core/json.js';
import type { Scope } from '../../core/operation.js';
import type { Area } from '../../core/store.js';
import { RecordStore } from '../../kit/record-store.js';

/** A policy of an account in a region, which lets services write logs, as it is stored. */
export interface ResourcePolicy extends Scope {
  /** Empty for the policy of a log group. */
  readonly name: string;
  /** The log group that it is attached to. @default - it is the account's */
  readonly resourceArn?: string | undefined;
  /** Of the policy of a log group; another one with each change. */
  readonly revisionId?: string | undefined;
  /** JSON. */
  readonly document: string;
  /** Epoch milliseconds. */
  readonly updated: number;
}

/** A policy by its name, or by its log group. */
export type PolicyName = Pick<ResourcePolicy, 'account' | 'region' | 'name' | 'resourceArn'>;

const keyOf = ({ account, region, name, resourceArn }: PolicyName): string =>
  `${account}/${region}/${resourceArn ?? name}`;

/** Policies of an account in a region. */
const MAX_POLICIES = 10;

/** The resource policies of every account and region. */
export class ResourcePolicies {
  readonly #records: RecordStore<ResourcePolicy>;
  /** All policies of each log group as one, until one of them changes. */
  readonly #whole = new Map<string, string | undefined>();

  constructor(root: Area) {
    this.#records = new RecordStore<ResourcePolicy>(root.area('logs-resource-policies'), keyOf);
  }

  load(): Promise<void> {
    return this.#records.load();
  }

  /** The policies of the account, or the policy of one log group. */
  list(scope: Scope, resourceArn?: string): readonly ResourcePolicy[] {
    return this.#records
      .list(scope, ({ name, resourceArn: of = '' }) => `${of} ${name}`)
      .filter((policy) => policy.resourceArn === resourceArn);
  }

  find(name: PolicyName): ResourcePolicy | undefined {
    return this.#records.find(keyOf(name));
  }

  /** @throws AwsError LimitExceededException */
  put(policy: ResourcePolicy): Promise<void> {
    const isNew = policy.resourceArn === undefined && !this.find(policy);
    if (isNew && this.list(policy).length >= MAX_POLICIES) {
      throw new AwsError('LimitExceededException', 'Resource limit exceeded.');
    }
    this.#whole.clear();
    return this.#records.put(policy);
  }

  /** @throws AwsError ResourceNotFoundException */
  delete(name: PolicyName): Promise<void> {
    if (!this.find(name)) {
      const of = name.resourceArn ?? name.name;
      throw new AwsError('ResourceNotFoundException', `Policy with name [${of}] does not exist.`);
    }
    this.#whole.clear();
    return this.#records.delete(keyOf(name));
  }

  /** Removes the policy of a log group that is deleted. */
  async deleteGroup({ account, region }: Scope, resourceArn: string): Promise<void> {
    const name = { account, region, name: '', resourceArn };
    if (this.find(name)) await this.delete(name);
  }

  /** The statements of all policies that a log group is under as one policy; undefined where there are none. */
  whole(scope: Scope, resourceArn: string): string | undefined {
    const key = `${scope.account}/${scope.region}/${resourceArn}`;
    if (!this.#whole.has(key)) {
      this.#whole.set(key, policyOf([...this.list(scope), ...this.list(scope, resourceArn)]));
    }
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
