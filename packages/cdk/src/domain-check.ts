import { Arn, ArnFormat, type Stack, Token } from 'aws-cdk-lib';
import { describe, has } from './bindings.js';
import { GobletError } from './errors.js';
import type { DomainOptions } from './props.js';

/**
 * The endpoint of a domain is regional, so API Gateway requires a certificate in its region.
 * @throws GobletError GOBLET_CDK_OPTION
 */
export function checkDomain(stack: Stack, domain: unknown): void {
  if (!isDomain(domain)) {
    throw refused(
      `domain takes a name and its certificate, but ${describe(domain)} is given; give domain: { domainName: 'api.example.com', certificate }`,
    );
  }
  const { domainName, certificate } = domain;
  if (domain.basePath !== undefined && !/^[^/]+(\/[^/]+)*$/.test(domain.basePath)) {
    throw refused(
      `the basePath of the domain ${domainName} is ${describe(domain.basePath)}; write it without a slash at either end, or leave it out`,
    );
  }
  const { certificateArn, node } = certificate;
  const region = Token.isUnresolved(certificateArn)
    ? certificate.env.region
    : Arn.split(certificateArn, ArnFormat.SLASH_RESOURCE_NAME).region;
  if (region === undefined || Token.isUnresolved(region) || Token.isUnresolved(stack.region)) return;
  if (region === stack.region) return;
  throw refused(
    `the certificate ${node.path} of the domain ${domainName} is in ${region}, but the stack ${stack.node.path} is in ${stack.region}; give a certificate in ${stack.region}, because the endpoint of the domain is regional`,
  );
}

const isDomain = (given: unknown): given is DomainOptions =>
  has(given, 'domainName') &&
  typeof given.domainName === 'string' &&
  has(given, 'certificate') &&
  has(given.certificate, 'certificateArn');

const refused = (sentence: string) => new GobletError('GOBLET_CDK_OPTION', sentence);
