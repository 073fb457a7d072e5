import { conformanceService } from './service.js';

export const app = conformanceService('http');
