import { App } from 'aws-cdk-lib';
import { Chat } from './chat.js';

new Chat(new App(), 'Chat');
