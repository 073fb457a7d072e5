import { parameter, template, topicOf } from '../cloudformation.js';
import type { RecordedService } from '../recorded-case.js';

/** The recorded answers of AWS's CloudFormation about templates and their parameters. */
export default {
  service: 'cloudformation',
  cases: [
    {
      name: 'an output of an attribute that the type does not have rolls the stack back before anything is made',
      recorded: '2023-08',
      given: [
        [
          'CreateStack',
          {
            StackName: 'app',
            TemplateBody: template(
              { A: parameter('a') },
              { Outputs: { Wrong: { Value: { 'Fn::GetAtt': ['A', 'Invalid'] } } } },
            ),
          },
        ],
      ],
      ask: ['DescribeStackEvents', { StackName: 'app' }],
      at: 'StackEvents.1.ResourceStatusReason',
      answer:
        '[Error] /Outputs/Wrong/Value/Fn::GetAtt: Resource type AWS::SSM::Parameter does not support attribute {Invalid}. Rollback requested by user.',
      eventually: true,
    },
    {
      name: 'an SSM parameter that is not there is refused by the name of the parameter that has no default',
      recorded: '2025-08',
      ask: [
        'CreateChangeSet',
        {
          StackName: 'app',
          ChangeSetName: 'one',
          ChangeSetType: 'CREATE',
          TemplateBody: template(
            { A: parameter({ Ref: 'Input' }) },
            { Parameters: { Input: { Type: 'AWS::SSM::Parameter::Value<String>' } } },
          ),
          Parameters: [{ ParameterKey: 'Input', ParameterValue: 'nothing' }],
        },
      ],
      error: {
        code: 'ValidationError',
        message: 'Parameter Input should either have input value or default value',
        status: 400,
      },
    },
    {
      name: 'a text for a number is refused',
      recorded: '2025-10',
      ask: [
        'CreateChangeSet',
        {
          StackName: 'app',
          ChangeSetName: 'one',
          ChangeSetType: 'CREATE',
          TemplateBody: template({ A: parameter('a') }, { Parameters: { Input: { Type: 'Number' } } }),
          Parameters: [{ ParameterKey: 'Input', ParameterValue: 'text' }],
        },
      ],
      error: { code: 'ValidationError', message: "Parameter 'Input' must be a number." },
    },
    {
      name: 'a transform whose name is a reference is refused, whatever other sections there are',
      recorded: '2025-07',
      ask: [
        'CreateStack',
        {
          StackName: 'app',
          Capabilities: ['CAPABILITY_AUTO_EXPAND'],
          TemplateBody: template({ A: topicOf({}) }, { Transform: [{ Name: { Ref: 'AWS::Region' } }], Globals: {} }),
        },
      ],
      error: { code: 'ValidationError', message: 'Key Name of transform definition must be a string.', status: 400 },
    },
    {
      name: 'the language extensions write a list of the one resource that another needs as that one',
      recorded: '2025-07',
      given: [
        [
          'CreateStack',
          {
            StackName: 'app',
            Capabilities: ['CAPABILITY_AUTO_EXPAND'],
            TemplateBody: template(
              {
                A: topicOf({}),
                'Fn::ForEach::Topics': ['Name', ['B'], { '${Name}': { Type: 'AWS::SNS::Topic', DependsOn: ['A'] } }],
              },
              { Transform: 'AWS::LanguageExtensions' },
            ),
          },
        ],
      ],
      ask: ['GetTemplate', { StackName: 'app', TemplateStage: 'Processed' }],
      at: 'TemplateBody',
      answer: JSON.stringify({
        Resources: { A: topicOf({}), B: { Type: 'AWS::SNS::Topic', DependsOn: 'A' } },
      }),
    },
  ],
} satisfies RecordedService;
