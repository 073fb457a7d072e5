import { anything } from '../../../core/access.js';
import { invalidParameter } from '../cognito-error.js';
import { DOMAIN, POOL_ID } from '../limits.js';
import type { DomainRecord } from '../pools/pool-record.js';
import { cognitoOperation, onPool } from '../service-state.js';

/** The distribution that a name of one's own is pointed at: a name of CloudFront's form, one for each pool. */
const distributionOf = (poolId: string): string =>
  `d${poolId.slice(poolId.lastIndexOf('_') + 1).toLowerCase()}.cloudfront.net`;

export const createUserPoolDomain = cognitoOperation({
  name: 'CreateUserPoolDomain',
  limits: { UserPoolId: POOL_ID, Domain: { ...DOMAIN, max: 255, pattern: /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/ } },
  access: (row) => [onPool(row, 'CreateUserPoolDomain')],
  handle: async ({ UserPoolId, Domain, CustomDomainConfig, ManagedLoginVersion = 1 }, call, { store }) => {
    const pool = store.get(call, UserPoolId);
    if (store.poolOfDomain(Domain)) throw invalidParameter('Domain already exists.');
    if (pool.domain) throw invalidParameter('User pool already has a domain configured.');
    if (/aws|amazon|cognito/.test(Domain) && !CustomDomainConfig) {
      const word = /aws|amazon|cognito/.exec(Domain)?.[0];
      throw invalidParameter(`Domain cannot contain reserved word: ${word}`);
    }
    const value: DomainRecord = {
      domain: Domain,
      poolId: UserPoolId,
      certificateArn: CustomDomainConfig?.CertificateArn,
      managedLoginVersion: ManagedLoginVersion,
    };
    await store.change({ kind: 'domain', poolId: UserPoolId, name: '', value });
    return {
      ManagedLoginVersion,
      ...(CustomDomainConfig && { CloudFrontDomain: distributionOf(UserPoolId) }),
    };
  },
});

export const describeUserPoolDomain = cognitoOperation({
  name: 'DescribeUserPoolDomain',
  access: (row) => [row({ action: 'cognito-idp:DescribeUserPoolDomain', on: anything })],
  handle: ({ Domain }, call, { store }) => {
    const pool = store.poolOfDomain(Domain);
    const found = pool?.domain;
    // Another account's, or nobody's: the description is empty.
    if (!pool || !found || pool.record.account !== call.account || pool.record.region !== call.region) {
      return { DomainDescription: {} };
    }
    const { certificateArn, managedLoginVersion } = found;
    return {
      DomainDescription: {
        UserPoolId: pool.record.id,
        AWSAccountId: pool.record.account,
        Domain,
        S3Bucket: `aws-cognito-prod-${pool.record.region}-assets`,
        CloudFrontDistribution: distributionOf(pool.record.id),
        Version: '1',
        Status: 'ACTIVE' as const,
        ...(certificateArn !== undefined && { CustomDomainConfig: { CertificateArn: certificateArn } }),
        ManagedLoginVersion: managedLoginVersion,
      },
    };
  },
});

export const updateUserPoolDomain = cognitoOperation({
  name: 'UpdateUserPoolDomain',
  limits: { UserPoolId: POOL_ID },
  access: (row) => [onPool(row, 'UpdateUserPoolDomain')],
  handle: async ({ UserPoolId, Domain, CustomDomainConfig, ManagedLoginVersion }, call, { store }) => {
    const { domain } = store.get(call, UserPoolId);
    if (domain?.domain !== Domain) throw invalidParameter('No such domain or user pool exists.');
    const value: DomainRecord = {
      ...domain,
      certificateArn: CustomDomainConfig?.CertificateArn ?? domain.certificateArn,
      managedLoginVersion: ManagedLoginVersion ?? domain.managedLoginVersion,
    };
    await store.change({ kind: 'domain', poolId: UserPoolId, name: '', value });
    return {
      ManagedLoginVersion: value.managedLoginVersion,
      ...(value.certificateArn !== undefined && { CloudFrontDomain: distributionOf(UserPoolId) }),
    };
  },
});

export const deleteUserPoolDomain = cognitoOperation({
  name: 'DeleteUserPoolDomain',
  limits: { UserPoolId: POOL_ID },
  access: (row) => [onPool(row, 'DeleteUserPoolDomain')],
  handle: async ({ UserPoolId, Domain }, call, { store }) => {
    if (store.get(call, UserPoolId).domain?.domain !== Domain) {
      throw invalidParameter('No such domain or user pool exists.');
    }
    await store.change({ kind: 'domain', poolId: UserPoolId, name: '', value: undefined });
  },
});
