/** A VPC link of a REST API: recorded, as there is no network behind it. */
export interface VpcLinkRecord {
  readonly id: string;
  readonly name: string;
  readonly description?: string | undefined;
  /** ARNs of Network Load Balancers. */
  readonly targetArns: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly created: number;
}

/** A VPC link of HTTP APIs: recorded too. */
export interface HttpVpcLinkRecord {
  readonly id: string;
  readonly name: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly created: number;
}
