import { App } from 'goblet';

export const app = new App('shop', { api: 'http' });
app.get('/open', () => ({ open: true }));
