import type { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { neighbours } from './fixtures/catalogue.js';
import { unbundled } from './fixtures/stacks.js';

describe('the users service beside a VPC, a certificate, a queue and a secret of another stack', () => {
  const app = unbundled();
  const { shared, usersStack, inside } = neighbours(app);

  test('depends on them, and they not on it', () => {
    app.synth();
    const needed = (stack: Stack) => stack.dependencies.map(({ node }) => node.id);
    expect([shared, usersStack, inside].map(needed)).toEqual([[], ['Shared'], ['Shared']]);
  });

  test('may send to the queue and read the secret', () => {
    const from = (name: string) => ({ 'Fn::ImportValue': Match.stringLikeRegexp(`^Shared:.*${name}`) });
    for (const stack of [usersStack, inside]) {
      Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({ Action: Match.arrayWith(['sqs:SendMessage']), Resource: from('Mails') }),
            Match.objectLike({ Action: Match.arrayWith(['secretsmanager:GetSecretValue']), Resource: from('Key') }),
          ]),
        },
      });
    }
  });

  test('runs in the private subnets of the VPC, and answers under the certificate’s domain', () => {
    const template = Template.fromStack(inside);
    const subnet = { 'Fn::ImportValue': Match.stringLikeRegexp('^Shared:.*VpcPrivateSubnet') };
    template.hasResourceProperties('AWS::Lambda::Function', {
      VpcConfig: {
        SubnetIds: [subnet, subnet],
        SecurityGroupIds: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^WebApiAPIHandlerSecurityGroup'), 'GroupId'] }],
      },
    });
    template.hasResourceProperties('AWS::ApiGateway::DomainName', {
      DomainName: 'users.example.com',
      EndpointConfiguration: { Types: ['REGIONAL'] },
      RegionalCertificateArn: { 'Fn::ImportValue': Match.stringLikeRegexp('^Shared:.*Certificate') },
    });
  });
});
