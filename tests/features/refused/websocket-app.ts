import { App, websocket } from 'goblet';

export const app = new App('websocket-refused', { sources: { chat: websocket(String) } });
app.on('chat', () => {});
