import { OrderFlow } from '../../../examples/order-flow/infra/order-flow.js';
import { app } from '../app.js';

new OrderFlow(app, 'OrderFlow');
