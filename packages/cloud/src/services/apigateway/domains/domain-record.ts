/** A custom domain name. The two versions of API Gateway's API tell of the same ones. */
export interface DomainRecord {
  readonly domainName: string;
  readonly endpointType: 'EDGE' | 'REGIONAL';
  readonly certificateArn?: string;
  readonly securityPolicy: string;
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

/**
 * The mapping that takes a request: the one with the longest path (developer guide, "Map API stages to a custom domain
 * name for HTTP APIs").
 * @param path as sent, with a slash in front
 */
export function mappingOf({ mappings }: DomainRecord, path: string): DomainMapping | undefined {
  return mappings
    .filter(({ basePath }) => basePath === '' || path === `/${basePath}` || path.startsWith(`/${basePath}/`))
    .sort((a, b) => b.basePath.length - a.basePath.length)[0];
}
