import { App } from 'goblet';

// With the root 310 resources: ten more than API Gateway takes in a REST API unless its quota was raised.
export const app = new App('resources');
for (let n = 0; n < 309; n += 1) app.get(`/r${n}` as '/r', () => n);
