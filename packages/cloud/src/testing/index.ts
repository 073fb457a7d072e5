export { type ClientConfig, type ClientTarget, type TestCloud, testCloud } from './test-cloud.js';
