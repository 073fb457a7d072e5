import { coded } from './catalogue.js';

export const GOBLET_BUILD_BINDING_MISSING =
  'The app needs a value that no option provides: an environment variable, or a user pool. Provide it.';

export const variableMissing = (name: string) =>
  coded('GOBLET_BUILD_BINDING_MISSING', `the app needs ${name}; give environment: { ${name}: '…' }`);

export const userPoolMissing = (authorizer: string) =>
  coded('GOBLET_BUILD_BINDING_MISSING', `no user pool is bound to the authorizer ${authorizer}`);

export const GOBLET_BUILD_OPTION_INVALID =
  'A stage option has a value that AWS does not accept. The message says what it accepts.';

/** @param option the path to the value: `stages.prod.timeout` */
export const invalidOption = (option: string, takes: string, given: unknown) =>
  coded('GOBLET_BUILD_OPTION_INVALID', `${option} takes ${takes}, not ${JSON.stringify(given)}`);

/** @param where the path to the options, empty at the top */
export const optionsNotObject = (where: string) =>
  coded('GOBLET_BUILD_OPTION_INVALID', `${where || 'stage options'} takes an object`);

export const stagesNotObject = () =>
  coded('GOBLET_BUILD_OPTION_INVALID', 'stages takes stage options by the name of the stage');

export const roleNotGiven = () =>
  coded('GOBLET_BUILD_OPTION_INVALID', 'manageIamRole is false; give the role as iamRoleArn');

export const roleManaged = () =>
  coded('GOBLET_BUILD_OPTION_INVALID', 'iamRoleArn is given; set manageIamRole to false');

export const noDefaultExport = (file: string) =>
  coded(
    'GOBLET_BUILD_OPTION_INVALID',
    `${file} has no default export; write \`export default { … } satisfies GobletConfig\``,
  );

export const GOBLET_BUILD_OPTION_UNKNOWN =
  'A stage, a stage option or an environment variable is unknown. The message suggests the nearest known name.';

export const unknownOption = (option: string, meant: string | undefined) =>
  coded('GOBLET_BUILD_OPTION_UNKNOWN', `${option} is not a stage option; did you mean ${meant}?`);

/** @param meant the nearest of the declared stages, if there is one */
export const unknownStage = (stage: string, meant: string | undefined) =>
  coded(
    'GOBLET_BUILD_OPTION_UNKNOWN',
    `the configuration has no stage ${stage}; ${meant === undefined ? 'declare it under stages' : `did you mean ${meant}?`}`,
  );

export const undeclaredVariable = (name: string) =>
  coded('GOBLET_BUILD_OPTION_UNKNOWN', `environment has ${name}, which the app does not declare`);
