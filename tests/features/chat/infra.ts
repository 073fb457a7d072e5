import { Chat } from '../../../examples/chat/infra/chat.js';
import { app } from '../app.js';

new Chat(app, 'Chat');
