import { isObject, parseJson } from '../../../core/json.js';

/** One request to a service, as an integration of its subtype makes it. */
export interface ServiceRequest {
  /** The service and its action: `sqs:action/SendMessage` */
  readonly action: string;
  readonly contentType: string;
  readonly body: string;
}

type Parameters = Readonly<Record<string, string>>;

interface Subtype {
  readonly needs: readonly string[];
  readonly may: readonly string[];
  readonly request: (parameters: Parameters) => ServiceRequest;
}

const FORM = 'application/x-www-form-urlencoded';
const JSON_1_1 = 'application/x-amz-json-1.1';

const sqs = (action: string, needs: readonly string[], may: readonly string[] = []): Subtype => ({
  needs: ['QueueUrl', ...needs],
  may: [...may, 'Region'],
  request: ({ Region: _, ...parameters }) => ({
    action: `sqs:action/${action}`,
    contentType: FORM,
    body: new URLSearchParams([['Action', action], ...Object.entries(parameters).flatMap(formParameter)]).toString(),
  }),
});

/** Message attributes and lists come as JSON, and go as numbered parameters. */
function formParameter([name, value]: readonly [string, string]): [string, string][] {
  if (name === 'MessageAttributes' || name === 'MessageSystemAttributes') {
    const prefix = name.slice(0, -1);
    return Object.entries(recordOf(value)).flatMap(([key, attribute], at): [string, string][] => [
      [`${prefix}.${at + 1}.Name`, key],
      ...Object.entries(Object(attribute)).map(([part, text]): [string, string] => [
        `${prefix}.${at + 1}.Value.${part}`,
        String(text),
      ]),
    ]);
  }
  if (name === 'AttributeNames' || name === 'MessageAttributeNames')
    return listOf(value).map((each, at) => [`${name.slice(0, -1)}.${at + 1}`, each]);
  return [[name, value]];
}

const stepFunctions = (action: string, needs: readonly string[], may: readonly string[]): Subtype => ({
  needs,
  may: [...may, 'Region'],
  request: ({ Region: _, ...parameters }) => ({
    action: `states:action/${action}`,
    contentType: 'application/x-amz-json-1.0',
    body: JSON.stringify(
      Object.fromEntries(
        Object.entries(parameters).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]),
      ),
    ),
  }),
});

/** By their names with AWS ("Integration subtype reference"). */
const SUBTYPES: Readonly<Record<string, Subtype>> = {
  'EventBridge-PutEvents': {
    needs: ['Detail', 'DetailType', 'Source'],
    may: ['Time', 'EventBusName', 'Resources', 'Region', 'TraceHeader'],
    request: ({ Region: _, Resources, ...entry }) => ({
      action: 'events:action/PutEvents',
      contentType: JSON_1_1,
      body: JSON.stringify({ Entries: [{ ...entry, ...(Resources && { Resources: listOf(Resources) }) }] }),
    }),
  },
  'SQS-SendMessage': sqs(
    'SendMessage',
    ['MessageBody'],
    ['DelaySeconds', 'MessageAttributes', 'MessageDeduplicationId', 'MessageGroupId', 'MessageSystemAttributes'],
  ),
  'SQS-ReceiveMessage': sqs(
    'ReceiveMessage',
    [],
    [
      ...['AttributeNames', 'MaxNumberOfMessages', 'MessageAttributeNames', 'ReceiveRequestAttemptId'],
      ...['VisibilityTimeout', 'WaitTimeSeconds'],
    ],
  ),
  'SQS-DeleteMessage': sqs('DeleteMessage', ['ReceiptHandle']),
  'SQS-PurgeQueue': sqs('PurgeQueue', []),
  'Kinesis-PutRecord': {
    needs: ['StreamName', 'Data', 'PartitionKey'],
    may: ['SequenceNumberForOrdering', 'ExplicitHashKey', 'Region'],
    request: ({ Region: _, ...parameters }) => ({
      action: 'kinesis:action/PutRecord',
      contentType: JSON_1_1,
      body: JSON.stringify(parameters),
    }),
  },
  'StepFunctions-StartExecution': stepFunctions('StartExecution', ['StateMachineArn'], ['Name', 'Input']),
  'StepFunctions-StartSyncExecution': stepFunctions('StartSyncExecution', ['StateMachineArn'], ['Name', 'Input']),
  'StepFunctions-StopExecution': stepFunctions('StopExecution', ['ExecutionArn'], ['Cause', 'Error']),
};

/** The parameters of a subtype; undefined for one that is not there. */
export function subtypeParameters(subtype: string): Pick<Subtype, 'needs' | 'may'> | undefined {
  return Object.hasOwn(SUBTYPES, subtype) ? SUBTYPES[subtype] : undefined;
}

/** The request that an integration of a subtype makes. @param parameters their values for one request */
export function serviceRequest(subtype: string, parameters: Parameters): ServiceRequest | undefined {
  return Object.hasOwn(SUBTYPES, subtype) ? SUBTYPES[subtype]?.request(parameters) : undefined;
}

function recordOf(text: string): Readonly<Record<string, unknown>> {
  const value = jsonOf(text);
  return isObject(value) ? value : {};
}

/** A list as JSON, or texts between commas. */
function listOf(text: string): readonly string[] {
  const value = jsonOf(text);
  return Array.isArray(value) ? value.map(String) : text.split(',').map((each) => each.trim());
}

function jsonOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
