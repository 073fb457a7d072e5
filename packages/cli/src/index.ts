export type { GobletConfig, StageOptions } from '@goblet/build';
export { applied, cloudEnvironment, type Target } from './cloud/cloud-environment.js';
export { findDataFolder } from './cloud/data-folder.js';
export { announceCloud, findRunningCloud, type RunningCloud, runningCloud } from './cloud/running-cloud.js';
export { type IamMode, type ServedCloud, type ServeOptions, serveCloud } from './cloud/serve-cloud.js';
export { main } from './main.js';
export { processTerminal, type Terminal } from './terminal/terminal.js';
