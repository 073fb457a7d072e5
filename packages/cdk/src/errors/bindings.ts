import type { InventoryLine } from '@goblet/build' with { 'resolution-mode': 'import' };
import { coded } from './catalogue.js';
import { at } from './place.js';

export const GOBLET_CDK_AUTH_UNBOUND =
  'An authorizer that needs a user pool or an issuer has none, or something else; or the usage plan of the API keys has an unknown setting. Bind it under `auth`.';

export const GOBLET_CDK_ENVIRONMENT_UNBOUND =
  "A variable of the app's `env` has no value, or a value that is not text. Set it under `environment`.";

export const GOBLET_CDK_SOURCE_UNBOUND =
  'A source that needs a resource has none, or one of another kind. Bind it under `sources`.';

const UNBOUND = {
  auth: 'GOBLET_CDK_AUTH_UNBOUND',
  environment: 'GOBLET_CDK_ENVIRONMENT_UNBOUND',
  sources: 'GOBLET_CDK_SOURCE_UNBOUND',
} as const;

/** The properties of the construct that bind needs. */
export type BindingProperty = keyof typeof UNBOUND;

/** @param app the app as messages name it, with its line */
export const notBound = (property: BindingProperty, app: string, missing: readonly string[]) =>
  coded(UNBOUND[property], `${app} needs ${missing.join(', ')}; give ${property}: { ${missing[0]}: … }`);

/** @param kind the binding in words, `an SNS topic`, and as written in the props */
export const boundOtherwise = (
  property: BindingProperty,
  app: string,
  name: string,
  { takes, give }: { readonly takes: string; readonly give: string },
  given: string,
) =>
  coded(
    UNBOUND[property],
    `${app} takes ${takes} for ${name}, but ${given} is given; give ${property}: { ${name}: ${give} }`,
  );

export const GOBLET_CDK_AUTH_UNKNOWN =
  '`auth` has a name that the app does not declare, or one that needs no resource.';

export const GOBLET_CDK_ENVIRONMENT_UNKNOWN =
  '`environment` has a name that the app does not declare, that Lambda sets itself, or that Lambda does not accept (`[A-Za-z][A-Za-z0-9_]+`). Declare it under `env`, or remove it.';

export const GOBLET_CDK_FUNCTION_UNKNOWN = '`functions` has options for a function that the app does not have.';

export const GOBLET_CDK_SOURCE_UNKNOWN =
  '`sources` has a name that the app does not declare, or one that needs no resource.';

const UNKNOWN = {
  auth: 'GOBLET_CDK_AUTH_UNKNOWN',
  environment: 'GOBLET_CDK_ENVIRONMENT_UNKNOWN',
  functions: 'GOBLET_CDK_FUNCTION_UNKNOWN',
  sources: 'GOBLET_CDK_SOURCE_UNKNOWN',
} as const;

/** The properties of the construct that have names which the app declares. */
export type NamedProperty = keyof typeof UNKNOWN;

export const notDeclared = (property: NamedProperty, app: string, name: string, declared: readonly string[]) =>
  coded(
    UNKNOWN[property],
    `${property} has ${name}, which ${app} does not declare; ${declared.length === 0 ? 'leave it out' : `write one of ${declared.join(', ')}`}`,
  );

export const setByLambda = (variable: string) =>
  coded('GOBLET_CDK_ENVIRONMENT_UNKNOWN', `environment has ${variable}, which Lambda sets itself; leave it out`);

export const variableName = (app: InventoryLine | undefined, variable: string) =>
  coded(
    'GOBLET_CDK_ENVIRONMENT_UNKNOWN',
    `the app${at(app)} reads ${variable}, but Lambda accepts only names of at least two letters, digits or _ that start with a letter; give the variable another name`,
  );
