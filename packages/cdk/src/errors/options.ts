import { coded } from './catalogue.js';

export const GOBLET_CDK_OPTION =
  "An option of the construct or of one function is unknown, has an invalid value, or does not apply to the app. Examples: an option of REST APIs for an HTTP API (`tracingEnabled`, `binaryMediaTypes`), an API option for an app without routes, the `role` of an API handler that does not exist, a certificate outside the stack's region.";

const option = (sentence: string) => coded('GOBLET_CDK_OPTION', sentence);

/** @param where the option and its construct: `timeout of Stack/WebApi` */
export const unknownOption = (where: string, known: readonly string[]) =>
  option(`${where} is not an option; write one of ${known.join(', ')}`);

export const invalidOption = (where: string, given: string, valid: string) =>
  option(`${where} is ${given}; it must be ${valid}`);

/** @param why the reason for which an HTTP API does not have it */
export const onlyOfRestApis = (name: string, app: string, why: string) =>
  option(`${name} is for REST APIs, but ${app} has an HTTP API: ${why}; leave it out`);

export const defaultStage = (app: string, kind: 'REST' | 'WebSocket') =>
  option(`stageName $default is for HTTP APIs, but ${app} has a ${kind} API; give another`);

export const withoutRoutes = (name: string, api: 'a REST' | 'an', app: string) =>
  option(`${name} applies to ${api} API, but ${app} has no routes; leave it out`);

/** @param other a function of the app, if it has one */
export const roleOfNoHandler = (app: string, other: string | undefined) =>
  option(
    `role applies to APIHandler, but ${app} has no such function; ${other === undefined ? 'leave it out' : `give functions: { ${other}: { role } }`}`,
  );

export const tooManyAudiences = (authorizer: string, audiences: number, most: number) =>
  option(
    `the authorizer ${authorizer} accepts ${audiences} audiences, but an HTTP API allows ${most}; give fewer in auth: { ${authorizer}: … }`,
  );

export const notDomain = (given: string) =>
  option(
    `domain takes a name and its certificate, but ${given} is given; give domain: { domainName: 'api.example.com', certificate }`,
  );

export const basePath = (domain: string, given: string) =>
  option(`the basePath of the domain ${domain} is ${given}; write it without a slash at either end, or leave it out`);

/** Something in a region. */
export interface Regional {
  readonly path: string;
  readonly region: string;
}

export const certificateElsewhere = (certificate: Regional, domain: string, stack: Regional) =>
  option(
    `the certificate ${certificate.path} of the domain ${domain} is in ${certificate.region}, but the stack ${stack.path} is in ${stack.region}; give a certificate in ${stack.region}, because the endpoint of the domain is regional`,
  );
