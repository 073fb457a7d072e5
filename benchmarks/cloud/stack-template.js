const policy = (statement) => ({ Version: '2012-10-17', Statement: [statement] });

/** Resources as stacks of serverless services have them, in groups of ten that depend on each other as CDK's do. */
const GROUP = {
  Role: () => ({
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: policy({
        Effect: 'Allow',
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
    },
  }),
  Table: () => ({
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    },
  }),
  Policy: (of) => ({
    Type: 'AWS::IAM::Policy',
    Properties: {
      PolicyName: of('Policy'),
      Roles: [{ Ref: of('Role') }],
      PolicyDocument: policy({
        Effect: 'Allow',
        Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
        Resource: { 'Fn::GetAtt': [of('Table'), 'Arn'] },
      }),
    },
  }),
  Logs: () => ({ Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 7 } }),
  Function: (of) => ({
    Type: 'AWS::Lambda::Function',
    DependsOn: of('Policy'),
    Properties: {
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: { 'Fn::GetAtt': [of('Role'), 'Arn'] },
      Code: { ZipFile: 'exports.handler = async () => 1;' },
      Environment: { Variables: { TABLE: { Ref: of('Table') } } },
      LoggingConfig: { LogGroup: { Ref: of('Logs') } },
    },
  }),
  Queue: () => ({ Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 30 } }),
  Topic: () => ({ Type: 'AWS::SNS::Topic', Properties: {} }),
  Subscription: (of) => ({
    Type: 'AWS::SNS::Subscription',
    Properties: {
      TopicArn: { Ref: of('Topic') },
      Protocol: 'sqs',
      Endpoint: { 'Fn::GetAtt': [of('Queue'), 'Arn'] },
    },
  }),
  Parameter: (of) => ({
    Type: 'AWS::SSM::Parameter',
    Properties: { Type: 'String', Value: { 'Fn::Sub': `\${${of('Function')}.Arn}` } },
  }),
  Permission: (of) => ({
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: { 'Fn::GetAtt': [of('Function'), 'Arn'] },
      Principal: 'events.amazonaws.com',
    },
  }),
};

/**
 * A template of so many resources.
 *
 * @param {number} size a multiple of ten, at most 500
 */
export function stackTemplate(size) {
  const Resources = {};
  for (let group = 0; group < size / 10; group++) {
    const of = (name) => `${name}${group}`;
    for (const [name, resource] of Object.entries(GROUP)) Resources[of(name)] = resource(of);
  }
  return { Resources };
}
