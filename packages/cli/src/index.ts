export type { GobletConfig, StageOptions } from '@goblet/build';
export { applied, cloudEnvironment, type Target } from './cloud-environment.js';
export { findDataFolder } from './data-folder.js';
export { main } from './main.js';
export { announceCloud, findRunningCloud, type RunningCloud, runningCloud } from './running-cloud.js';
export { type IamMode, type ServedCloud, type ServeOptions, serveCloud } from './serve-cloud.js';
export { processTerminal, type Terminal } from './terminal.js';
