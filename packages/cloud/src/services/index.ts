import type { ServiceMaker } from '../core/service.js';

/** The services of the cloud. */
export const services: readonly ServiceMaker[] = [];
