export const template = (resources: object, more: object = {}): string =>
  JSON.stringify({ Resources: resources, ...more });
export const topicOf = (Properties: object) => ({ Type: 'AWS::SNS::Topic', Properties });
export const parameter = (Value: unknown) => ({ Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value } });
export const topic = template({ Topic: { Type: 'AWS::SNS::Topic' } });
