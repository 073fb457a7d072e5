import { App } from 'aws-cdk-lib';
import { OrderFlow } from './order-flow.js';

new OrderFlow(new App(), 'OrderFlow');
