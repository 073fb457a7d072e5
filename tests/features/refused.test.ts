import { expect, test } from 'vitest';
import { DeployedApp } from '../processes/deployed-app.js';

// What docs/status.md lists as refused, but for the event sources.
const REFUSED = [
  'AWS::Cognito::UserPool',
  'AWS::Cognito::UserPoolClient',
  'AWS::EC2::InternetGateway',
  'AWS::EC2::Route',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::Subnet',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPC',
  'AWS::EC2::VPCGatewayAttachment',
  'AWS::Kinesis::Stream',
  'AWS::SecretsManager::Secret',
];

test('what the cloud does not have is refused before anything is made, every type by its name', async () => {
  const deployed = DeployedApp.deploy('tests/features/refused/infra.ts');
  const message = await deployed.then(() => 'it was deployed', String);
  const [, types = ''] = /Unrecognized resource types: \[(.*)\]. AWS has them, this cloud does not/.exec(message) ?? [];
  expect(types.split(', ').sort(), message).toEqual(REFUSED);
});

test('a WebSocket API is refused by its name, and its stack rolled back', async () => {
  const deployed = DeployedApp.deploy('tests/features/refused/websocket-infra.ts');
  const message = await deployed.then(() => 'it was deployed', String);
  expect(message).toMatch(/WebSocket APIs \(protocolType\)/);
  expect(message).toMatch(/ROLLBACK_COMPLETE/);
});
