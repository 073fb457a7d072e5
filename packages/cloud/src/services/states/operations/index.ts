import { describeExecution } from './describe-execution.js';
import { startExecution } from './start-execution.js';

export const operations = [describeExecution, startExecution];
