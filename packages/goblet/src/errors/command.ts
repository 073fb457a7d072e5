export const GOBLET_CLI_MISSING =
  'The `goblet` command runs in a project that does not have @goblet/cli. `npm install --save-dev @goblet/cli`.';

export const noCommandLine =
  'GOBLET_CLI_MISSING: the goblet command is in @goblet/cli; npm install --save-dev @goblet/cli';
