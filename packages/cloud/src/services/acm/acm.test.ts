import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ResourceContext } from '../../core/resource-type.js';
import { testCloud } from '../../testing/index.js';
import { iam } from '../iam/index.js';
import { acm } from './index.js';
import { certificateResource } from './resources/certificate.js';

const CERTIFICATE = { DomainName: 'api.shop.example', ValidationMethod: 'DNS' };

async function certificateCloud() {
  const cloud = await testCloud({ services: [acm, iam] });
  const scope = { account: '000000000000', region: 'eu-west-1' };
  const call: ResourceContext['call'] = (service, operation, input, resourceId) =>
    cloud.context.dispatch(service, operation, input, {
      ...scope,
      principal: { kind: 'root', account: scope.account },
      requestId: randomUUID(),
      sourceIp: '127.0.0.1',
      ...(resourceId !== undefined && { resourceId }),
    });
  const stack = { stackId: 'arn:stack', stackName: 'Web', logicalId: 'Certificate', stackTags: { stack: 'Web' } };
  const context: ResourceContext = { ...scope, ...stack, call };
  return { call, context, [Symbol.asyncDispose]: () => cloud.close() };
}

test('a certificate that is asked for is issued, listed and deleted', async () => {
  await using cloud = await certificateCloud();
  const { CertificateArn } = await cloud.call('acm', 'RequestCertificate', CERTIFICATE);
  expect(CertificateArn).toMatch(/^arn:aws:acm:eu-west-1:000000000000:certificate\/[0-9a-f-]{36}$/);
  const { Certificate } = await cloud.call('acm', 'DescribeCertificate', { CertificateArn });
  expect(Certificate).toMatchObject({ ...{ CertificateArn, Status: 'ISSUED' }, DomainName: 'api.shop.example' });
  expect((await cloud.call('acm', 'ListCertificates', {})).CertificateSummaryList).toHaveLength(1);
  await cloud.call('acm', 'DeleteCertificate', { CertificateArn });
  await expect(cloud.call('acm', 'DescribeCertificate', { CertificateArn })).rejects.toThrow('Could not find');
});

test('a name that is none is refused', async () => {
  await using cloud = await certificateCloud();
  await expect(cloud.call('acm', 'RequestCertificate', { DomainName: 'a b' })).rejects.toThrow('no domain name');
});

test('a stack makes a certificate once, however often it tries, tags it, and deletes it where it is', async () => {
  await using cloud = await certificateCloud();
  const { context, call } = cloud;
  const arn = certificateResource.newId?.(CERTIFICATE, context) ?? '';
  for (let i = 0; i < 2; i++) await certificateResource.create(arn, CERTIFICATE, context);
  expect((await call('acm', 'ListCertificates', {})).CertificateSummaryList).toMatchObject([{ CertificateArn: arn }]);
  const tagged = { ...CERTIFICATE, Tags: [{ Key: 'a', Value: 'b' }] };
  await certificateResource.update(arn, tagged, CERTIFICATE, context);
  const tags = async () => (await call('acm', 'ListTagsForCertificate', { CertificateArn: arn })).Tags;
  expect(await tags()).toEqual([
    { Key: 'stack', Value: 'Web' },
    { Key: 'a', Value: 'b' },
  ]);
  await certificateResource.update(arn, CERTIFICATE, tagged, context);
  expect(await tags()).toEqual([{ Key: 'stack', Value: 'Web' }]);
  for (let i = 0; i < 2; i++) await certificateResource.delete(arn, CERTIFICATE, context);
});
