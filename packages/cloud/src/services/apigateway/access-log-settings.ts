import { badRequest, unsupported } from './refusal.js';

/** Where a stage writes one line a request, and what it says. */
export interface AccessLogSettings {
  /** The ARN of a log group. */
  readonly destinationArn?: string | undefined;
  /** Text with `$context` variables. */
  readonly format?: string | undefined;
}

const VARIABLE = /\$(?:\{context\.([^}]*)\}|context\.([A-Za-z0-9_.-]+))/g;

type Protocol = 'REST' | 'HTTP' | 'WEBSOCKET';

/** @throws AwsError BadRequestException where API Gateway does not take the settings of a stage of this kind */
export function checkAccessLog({ destinationArn, format }: AccessLogSettings, protocol: Protocol): void {
  if (destinationArn !== undefined) checkDestination(destinationArn);
  if (format !== undefined) checkFormat(format, protocol);
}

function checkDestination(arn: string): void {
  if (/^arn:aws[a-z-]*:firehose:/.test(arn)) throw unsupported('access logs to Amazon Data Firehose');
  if (!/^arn:aws[a-z-]*:logs:[a-z0-9-]+:\d{12}:log-group:[A-Za-z0-9_./#-]+(:\*)?$/.test(arn))
    throw badRequest('Invalid ARN specified in the request');
}

function checkFormat(format: string, protocol: Protocol): void {
  const prefix = protocol === 'HTTP' ? 'The following errors are found in Access Log Format: ' : '';
  const line = protocol !== 'HTTP' ? format.replace(/\r?\n$/, '') : format;
  if (/[\r\n]/.test(line)) {
    const allowed = protocol !== 'HTTP' ? ', new line character is allowed only at end of the format' : '';
    throw badRequest(`${prefix}Access Log format must be single line${allowed}: '${format}'`);
  }
  const variables = [...format.matchAll(VARIABLE)].map(([text, braced, bare]) => ({
    text,
    name: braced ?? bare ?? '',
  }));
  // A REST API or a WebSocket API takes any, and writes a dash for those that it does not know.
  const unknown = protocol === 'HTTP' ? variables.filter(({ name }) => !isHttpVariable(name)) : [];
  if (unknown.length > 0) {
    const names = unknown.map(({ text }) => text).join(', ');
    throw badRequest(`The following context variables are not supported: [${names}]`);
  }
  if (!variables.some(({ name }) => name === 'requestId' || name === 'extendedRequestId')) {
    throw badRequest(
      `${prefix}Access Log format must include either $context.requestId or $context.extendedRequestId : '${format}'`,
    );
  }
}

/** Developer guide, "Customize HTTP API access logs"; `resourcePath`, which CDK's standard fields have, is taken too. */
const HTTP_VARIABLES = new Set([
  'accountId',
  'apiId',
  'awsEndpointRequestId',
  'awsEndpointRequestId2',
  'customDomain.basePathMatched',
  'dataProcessed',
  'domainName',
  'domainPrefix',
  'error.message',
  'error.messageString',
  'error.responseType',
  'extendedRequestId',
  'httpMethod',
  'identity.accountId',
  'identity.caller',
  'identity.clientCert.clientCertPem',
  'identity.clientCert.issuerDN',
  'identity.clientCert.serialNumber',
  'identity.clientCert.subjectDN',
  'identity.clientCert.validity.notAfter',
  'identity.clientCert.validity.notBefore',
  'identity.cognitoAuthenticationProvider',
  'identity.cognitoAuthenticationType',
  'identity.cognitoIdentityId',
  'identity.cognitoIdentityPoolId',
  'identity.principalOrgId',
  'identity.sourceIp',
  'identity.user',
  'identity.userAgent',
  'identity.userArn',
  'integration.error',
  'integration.integrationStatus',
  'integration.latency',
  'integration.requestId',
  'integration.status',
  'integrationErrorMessage',
  'integrationLatency',
  'integrationStatus',
  'path',
  'protocol',
  'requestId',
  'requestTime',
  'requestTimeEpoch',
  'resourcePath',
  'responseLatency',
  'responseLength',
  'routeKey',
  'stage',
  'status',
]);

function isHttpVariable(name: string): boolean {
  return HTTP_VARIABLES.has(name) || /^authorizer\.[A-Za-z0-9_.-]+$/.test(name);
}
