import {
  CreateServiceSpecificCredentialCommand,
  CreateUserCommand,
  DeleteServiceSpecificCredentialCommand,
  IAMClient,
  ListServiceSpecificCredentialsCommand,
  ResetServiceSpecificCredentialCommand,
  UpdateServiceSpecificCredentialCommand,
} from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { testCloud } from '../../testing/index.js';
import { iam as iamService } from './index.js';

const ana = { UserName: 'ana' };

async function setUp() {
  const cloud = await testCloud({ services: [iamService] });
  const iam = new IAMClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  await iam.send(new CreateUserCommand(ana));
  return { iam, [Symbol.asyncDispose]: () => cloud.close() };
}

test('a credential for one service is listed, switched off, reset and deleted', async () => {
  await using made = await setUp();
  const { iam } = made;
  const ServiceName = 'codecommit.amazonaws.com';
  const created = await iam.send(new CreateServiceSpecificCredentialCommand({ ...ana, ServiceName }));
  const shown = {
    ...ana,
    ServiceName,
    ServiceUserName: 'ana-at-000000000000',
    ServiceSpecificCredentialId: expect.stringMatching(/^ACCA/),
    Status: 'Active',
    CreateDate: expect.any(Date),
  };
  expect(created.ServiceSpecificCredential).toEqual({ ...shown, ServicePassword: expect.any(String) });
  const id = { ...ana, ServiceSpecificCredentialId: created.ServiceSpecificCredential?.ServiceSpecificCredentialId };
  await iam.send(new UpdateServiceSpecificCredentialCommand({ ...id, Status: 'Inactive' }));
  const list = async (of: string) =>
    (await iam.send(new ListServiceSpecificCredentialsCommand({ ...ana, ServiceName: of }))).ServiceSpecificCredentials;
  expect(await list(ServiceName)).toEqual([{ ...shown, Status: 'Inactive' }]);
  expect(await list('cassandra.amazonaws.com')).toEqual([]);
  const reset = await iam.send(new ResetServiceSpecificCredentialCommand(id));
  expect(reset.ServiceSpecificCredential?.ServicePassword).not.toBe(created.ServiceSpecificCredential?.ServicePassword);
  await iam.send(new DeleteServiceSpecificCredentialCommand(id));
  await expect(iam.send(new DeleteServiceSpecificCredentialCommand(id))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
    message: `No such credential ${id.ServiceSpecificCredentialId} exists`,
  });
});

test.each(['lambda.amazonaws.com', 'o3on3n3onosneo'])('a credential for %s is refused', async (ServiceName) => {
  await using made = await setUp();
  await expect(
    made.iam.send(new CreateServiceSpecificCredentialCommand({ ...ana, ServiceName })),
  ).rejects.toMatchObject({
    name: 'NoSuchEntityException',
    message: `No such service ${ServiceName} is supported for Service Specific Credentials`,
  });
});
