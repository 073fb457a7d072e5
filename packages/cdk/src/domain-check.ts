import { Arn, ArnFormat, type Stack, Token } from 'aws-cdk-lib';
import { describe, has } from './bindings.js';
import { basePath, certificateElsewhere, notDomain } from './errors/options.js';
import { GobletError } from './goblet-error.js';
import type { DomainOptions } from './props.js';

/**
 * The endpoint of a domain is regional, so API Gateway requires a certificate in its region.
 * @throws GobletError GOBLET_CDK_OPTION
 */
export function checkDomain(stack: Stack, domain: unknown): void {
  if (!isDomain(domain)) throw new GobletError(notDomain(describe(domain)));
  const { domainName, certificate } = domain;
  if (domain.basePath !== undefined && !/^[^/]+(\/[^/]+)*$/.test(domain.basePath)) {
    throw new GobletError(basePath(domainName, describe(domain.basePath)));
  }
  const { certificateArn, node } = certificate;
  const region = Token.isUnresolved(certificateArn)
    ? certificate.env.region
    : Arn.split(certificateArn, ArnFormat.SLASH_RESOURCE_NAME).region;
  if (region === undefined || Token.isUnresolved(region) || Token.isUnresolved(stack.region)) return;
  if (region === stack.region) return;
  throw new GobletError(
    certificateElsewhere({ path: node.path, region }, domainName, { path: stack.node.path, region: stack.region }),
  );
}

const isDomain = (given: unknown): given is DomainOptions =>
  has(given, 'domainName') &&
  typeof given.domainName === 'string' &&
  has(given, 'certificate') &&
  has(given.certificate, 'certificateArn');
