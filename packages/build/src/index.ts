export {
  type ApiBindings,
  type ApiDefinition,
  apiDefinition,
  type Operation,
  type PathItem,
} from './api-definition/api-definition.js';
export { type AppContext, type AppContextOptions, appContext, type RebuiltApp } from './app-context.js';
export { BuildError, type BuildErrorCode } from './build-error.js';
export {
  BUNDLE_FILE,
  type Bundle,
  type BundleContext,
  type BundleOptions,
  buildBundle,
  bundleContext,
} from './bundle/bundle.js';
export { writeBundle } from './bundle/write-bundle.js';
export { clientSource } from './client/client-source.js';
export { type Entry, type EntryOptions, resolveEntry } from './entry.js';
export type { AppBuild, ExplainReply, FailureReply } from './evaluate/child.js';
export { linkPackages } from './evaluate/link-packages.js';
export type { SourceEvent } from './evaluate/source-event.js';
export type { HttpApiAuthorizer } from './http-api/authorizers.js';
export type { HttpApiCors } from './http-api/cors.js';
export { type HttpApiDefinition, type HttpApiRoute, httpApiDefinition } from './http-api/http-api-definition.js';
export type * from './inventory.js';
export { type OpenApiDocument, type OpenApiOptions, openApi, renderDocument } from './openapi/openapi.js';
export { deploymentZip } from './sam/deployment-zip.js';
export { DEPLOYMENT_ZIP, type SamTemplate, samTemplate } from './sam/sam-template.js';
export { type SourceEventOptions, sourceEvent } from './source-event.js';
export { type GobletConfig, stageOf } from './stage/config.js';
export { CONFIG_FILE, type LoadConfigOptions, loadConfig } from './stage/load-config.js';
export { parseStageOptions, type StageOptions } from './stage/stage-options.js';
export { type TakeInventoryOptions, type TakenInventory, takeInventory } from './take-inventory.js';
export type { BuildWarning, BuildWarningCode } from './warnings.js';
