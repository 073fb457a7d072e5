import { lookupEvents } from './lookup-events.js';

export const operations = [lookupEvents];
