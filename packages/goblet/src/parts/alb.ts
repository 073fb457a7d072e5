/** The events of Application Load Balancers. */
export { albDialectOf } from '../http/dialect-alb.js';
