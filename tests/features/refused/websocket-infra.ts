import { Goblet } from '@goblet/cdk';
import { App, Stack } from 'aws-cdk-lib';
import type { app as chat } from './websocket-app.js';

new Goblet<typeof chat>(new Stack(new App(), 'WebSocketRefused'), 'Chat', {
  entry: new URL('./websocket-app.ts', import.meta.url),
});
