export { type Cloud, type CloudOptions, startCloud } from './cloud.js';
export type { CloudEvent } from './core/cloud.js';
export { CloudError, type CloudErrorCode } from './core/cloud-error.js';
export { folderFailure } from './core/folder-failure.js';
export { DEFAULT_QUOTAS, type Quotas } from './core/quotas.js';
export { claimDataFolder, type DataFolder } from './data-folder/claim.js';
export type { IamMode } from './gateway/dispatcher.js';
