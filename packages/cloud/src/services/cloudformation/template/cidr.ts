import { validationError } from './template-error.js';

/**
 * The first `count` blocks of `block`, each leaving `hostBits` bits to its hosts (`Fn::Cidr`; IPv4).
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html
 */
export function cidrBlocks(block: string, count: number, hostBits = 8): readonly string[] {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(block);
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = match?.slice(1).map(Number) ?? [];
  if (!match || [a, b, c, d].some((octet) => octet > 255) || prefix > 32) {
    throw validationError(`Template error: Fn::Cidr: ${block} is not an IPv4 CIDR block`);
  }
  if (!Number.isInteger(count) || count < 1 || count > 256) {
    throw validationError('Template error: Fn::Cidr: count must be between 1 and 256');
  }
  const length = 32 - hostBits;
  if (!Number.isInteger(hostBits) || length < prefix || length > 32 || count > 2 ** (length - prefix)) {
    throw validationError(`Template error: Fn::Cidr: ${block} does not hold ${count} blocks of ${hostBits} bits`);
  }
  const first = (a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) & (prefix === 0 ? 0 : -1 << (32 - prefix));
  return Array.from({ length: count }, (_, i) => {
    const address = (first >>> 0) + i * 2 ** hostBits;
    return `${[24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.')}/${length}`;
  });
}
