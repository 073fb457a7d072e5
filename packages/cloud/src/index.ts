export { type Cloud, type CloudOptions, startCloud } from './cloud.js';
export type { CloudEvent } from './core/cloud.js';
export { CloudError, type CloudErrorCode } from './core/cloud-error.js';
export type { IamMode } from './gateway/dispatcher.js';
