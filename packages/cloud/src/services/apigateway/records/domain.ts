import type { Input } from '../../../model/client-types.js';

export type SecurityPolicy = NonNullable<Input<'apigateway', 'CreateDomainName'>['securityPolicy']>;

/** A custom domain name. The two versions of API Gateway's API tell of the same ones. */
export interface DomainRecord {
  readonly domainName: string;
  readonly endpointType: 'EDGE' | 'REGIONAL';
  readonly certificateArn?: string | undefined;
  readonly securityPolicy: SecurityPolicy;
  /** The name that DNS is to lead the domain to. */
  readonly target: string;
  /** Epoch milliseconds. */
  readonly created: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly mappings: readonly DomainMapping[];
}

/** A stage that is served at a domain, below a path. */
export interface DomainMapping {
  readonly id: string;
  /** Without slashes around it: `shop/v1`; empty for the root. */
  readonly basePath: string;
  readonly apiId: string;
  /** Empty where the request's path names it. */
  readonly stage: string;
}
