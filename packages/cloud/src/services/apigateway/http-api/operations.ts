import * as api from './api.js';
import { partOperations } from './parts.js';
import * as stage from './stage.js';

/** The operations of API Gateway's second version that HTTP APIs need. */
export const httpApiOperations = [
  api.createApi,
  api.getApi,
  api.getApis,
  api.updateApi,
  api.deleteCors,
  api.deleteApi,
  ...partOperations,
  stage.createStage,
  stage.getStage,
  stage.getStages,
  stage.updateStage,
  stage.deleteStage,
  stage.createDeployment,
  stage.deleteDeployment,
];
