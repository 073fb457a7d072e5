import { Arn, ArnFormat, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { describe, has } from './bindings.js';
import { GobletError } from './errors.js';
import { at, functionLine, type Inventory } from './inventory.js';
import type { DomainOptions, FunctionOptions, GobletOptions, StageOptions, UncheckedNeeds } from './props.js';

const FUNCTION = {
  memorySize: true,
  timeout: true,
  architecture: true,
  role: true,
  logRetention: true,
  logRemovalPolicy: true,
  reservedConcurrentExecutions: true,
  tracing: true,
  layers: true,
  ephemeralStorageSize: true,
  vpc: true,
  vpcSubnets: true,
  securityGroups: true,
} satisfies Record<keyof FunctionOptions, true>;

const STAGE = {
  stageName: true,
  stageVariables: true,
  accessLogs: true,
  throttle: true,
  tracingEnabled: true,
  domain: true,
} satisfies Record<keyof StageOptions, true>;

const CONSTRUCT = {
  entry: true,
  functions: true,
  environment: true,
  sources: true,
  auth: true,
  outputs: true,
  binaryMediaTypes: true,
  external: true,
  include: true,
  sourceMaps: true,
  ...STAGE,
  ...FUNCTION,
} satisfies Record<keyof (GobletOptions & UncheckedNeeds), true>;

/** What a REST API alone has, and why not an HTTP API. */
const REST_ONLY = {
  tracingEnabled: 'X-Ray traces REST APIs alone',
  binaryMediaTypes: 'an HTTP API tells binary bodies by itself',
} satisfies Partial<Record<keyof GobletOptions, string>>;

/** @throws GobletError GOBLET_CDK_OPTION for an option that does not exist, or that the app has no use for */
export function checkOptions(scope: Construct, inventory: Inventory, options: GobletOptions & UncheckedNeeds): void {
  checkNames(options, CONSTRUCT, (name) => `${name} of ${scope.node.path}`);
  for (const [fn, own] of Object.entries(options.functions ?? {})) {
    const line = at(functionLine(inventory, fn));
    checkNames(own, FUNCTION, (name) => `functions.${fn}.${name} of ${scope.node.path}, for ${fn}${line},`);
  }
  checkUses(inventory, options);
  if (options.domain !== undefined) checkDomain(Stack.of(scope), options.domain);
}

function checkNames(options: object, known: object, described: (name: string) => string): void {
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(known, name));
  if (unknown === undefined) return;
  throw refused(`${described(unknown)} is no option; write one of ${Object.keys(known).join(', ')}`);
}

function checkUses({ api, routes, functions, source }: Inventory, options: GobletOptions): void {
  const app = `the app${at(source)}`;
  const given = (names: readonly string[]) => names.find((name) => Reflect.get(options, name) ?? false);
  if (api === 'http') {
    for (const [name, why] of Object.entries(REST_ONLY)) {
      if (given([name])) throw refused(`${name} is for REST APIs, and ${app} has an HTTP API: ${why}; leave it out`);
    }
  }
  const ofApi = given([...Object.keys(STAGE), 'binaryMediaTypes']);
  if (routes.length === 0 && ofApi !== undefined) {
    throw refused(`${ofApi} is of an API, and ${app} has no routes; leave it out`);
  }
  if (options.role !== undefined && functions.every(({ name }) => name !== 'APIHandler')) {
    const [other] = functions;
    const remedy = other === undefined ? 'leave it out' : `give functions: { ${other.name}: { role } }`;
    throw refused(`role is that of APIHandler, and ${app} has no such function; ${remedy}`);
  }
}

/** The endpoint of a domain is regional: API Gateway takes a certificate of its region for it. */
function checkDomain(stack: Stack, domain: unknown): void {
  if (!isDomain(domain)) {
    throw refused(
      `domain takes a name and its certificate, and is given ${describe(domain)}; give domain: { domainName: 'api.example.com', certificate }`,
    );
  }
  const { domainName, certificate } = domain;
  const { certificateArn, node } = certificate;
  const region = Token.isUnresolved(certificateArn)
    ? certificate.env.region
    : Arn.split(certificateArn, ArnFormat.SLASH_RESOURCE_NAME).region;
  if (region === undefined || Token.isUnresolved(region) || Token.isUnresolved(stack.region)) return;
  if (region === stack.region) return;
  throw refused(
    `the certificate ${node.path} of the domain ${domainName} is of ${region}, and the stack ${stack.node.path} of ${stack.region}; give one of ${stack.region}, as the endpoint of the domain is regional`,
  );
}

const isDomain = (given: unknown): given is DomainOptions =>
  has(given, 'domainName') &&
  typeof given.domainName === 'string' &&
  has(given, 'certificate') &&
  has(given.certificate, 'certificateArn');

const refused = (sentence: string) => new GobletError('GOBLET_CDK_OPTION', sentence);
