/** A partition of AWS, as regions and ARNs name it. */
export interface Partition {
  /** `aws`, `aws-cn` or `aws-us-gov` */
  readonly name: string;
  /** `amazonaws.com` */
  readonly urlSuffix: string;
}

const COMMERCIAL: Partition = { name: 'aws', urlSuffix: 'amazonaws.com' };
const CHINA: Partition = { name: 'aws-cn', urlSuffix: 'amazonaws.com.cn' };
const GOVERNMENT: Partition = { name: 'aws-us-gov', urlSuffix: 'amazonaws.com' };

/** The partition that a region belongs to. */
export function partitionOf(region: string): Partition {
  if (region.startsWith('cn-')) return CHINA;
  return region.startsWith('us-gov-') ? GOVERNMENT : COMMERCIAL;
}
