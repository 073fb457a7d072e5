import { expect, test } from 'vitest';
import { DeployedApp } from '../processes/deployed-app.js';

/** The types of the app's resources that the cloud only records. */
const RECORDED = [
  'AWS::EC2::InternetGateway',
  'AWS::EC2::Route',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::Subnet',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPC',
  'AWS::EC2::VPCGatewayAttachment',
  'AWS::KinesisFirehose::DeliveryStream',
];

test('with --refuse-recorded, resources that the cloud only records are refused before anything is made, every type by its name', async () => {
  const deployed = DeployedApp.deploy('tests/features/refused/infra.ts', {}, { cloud: ['--refuse-recorded'] });
  const message = await deployed.then(() => 'it was deployed', String);
  const [, types = ''] = /Unrecognized resource types: \[(.*)\]. AWS has them, this cloud does not/.exec(message) ?? [];
  expect(types.split(', ').sort(), message).toEqual(RECORDED);
});
