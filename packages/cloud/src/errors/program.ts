import { coded } from './catalogue.js';

export const GOBLET_CLOUD_PORT_TAKEN =
  'Something else listens on the port. Stop it, or choose another port with `--port`.';

export const portTaken = (port: number, host: string) =>
  coded('GOBLET_CLOUD_PORT_TAKEN', `port ${port} of ${host} is taken; stop what listens there, or choose another port`);

export const GOBLET_CLOUD_SPEC_MISSING =
  'A generated file of the cloud is missing: the model of a service, or the resource specification. In a clone of the repository, run `npm run build`.';

export const modelMissing = (service: string) =>
  coded('GOBLET_CLOUD_SPEC_MISSING', `the model of ${service} is missing; run npm run build`);

export const notGenerated = (file: string) =>
  coded('GOBLET_CLOUD_SPEC_MISSING', `${file} was not generated; run npm run build`);
