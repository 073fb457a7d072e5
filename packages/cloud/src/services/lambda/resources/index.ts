import type { AnyResourceType } from '../../../core/resource-type.js';
import { alias } from './alias.js';
import { codeSigningConfig } from './code-signing-config.js';
import { eventInvokeConfig } from './event-invoke-config.js';
import { eventSourceMapping } from './event-source-mapping.js';
import { lambdaFunction } from './function.js';
import { layerVersion } from './layer-version.js';
import { layerVersionPermission } from './layer-version-permission.js';
import { permission } from './permission.js';
import { url } from './url.js';
import { version } from './version.js';

export const resourceTypes: readonly AnyResourceType[] = [
  alias,
  codeSigningConfig,
  eventInvokeConfig,
  eventSourceMapping,
  lambdaFunction,
  layerVersion,
  layerVersionPermission,
  permission,
  url,
  version,
];
