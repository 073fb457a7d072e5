export { CreateError, type CreateErrorCode } from './create-error.js';
export { createProject } from './create-project.js';
export { main } from './main.js';
