import { App } from 'goblet';

// With the any-method of each path 310 routes: ten more than API Gateway takes in an HTTP API unless its quota was raised.
export const app = new App('routes', { api: 'http' });
for (let n = 0; n < 155; n += 1) app.get(`/r${n}` as '/r', () => n);
