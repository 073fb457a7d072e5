import { defined } from '../../../core/defined.js';
import { pageOf } from '../../../kit/page.js';
import { checkEndpointAttributes } from '../platforms/platform-attributes.js';
import { applicationArn, endpointArn, parseApplicationArn, parseEndpointArn } from '../platforms/platform-name.js';
import { onAnything, snsOperation } from '../service-state.js';
import { invalidParameter } from '../sns-error.js';

export const createPlatformEndpoint = snsOperation({
  name: 'CreatePlatformEndpoint',
  parse: ({ PlatformApplicationArn, Token, CustomUserData, Attributes }, scope) => ({
    application: parseApplicationArn(PlatformApplicationArn, scope),
    // The data among the attributes count before those beside them.
    attributes: { ...defined({ CustomUserData }), ...Attributes, Token },
  }),
  access: (row) => [onAnything(row, 'CreatePlatformEndpoint')],
  handle: async ({ application, attributes }, _call, { platforms }) => ({
    EndpointArn: endpointArn(await platforms.createEndpoint(application, attributes)),
  }),
});

export const getEndpointAttributes = snsOperation({
  name: 'GetEndpointAttributes',
  parse: ({ EndpointArn }, scope) => parseEndpointArn(EndpointArn, scope),
  access: (row) => [onAnything(row, 'GetEndpointAttributes')],
  handle: (name, _call, { platforms }) => ({ Attributes: { ...platforms.endpoint(name).attributes } }),
});

export const setEndpointAttributes = snsOperation({
  name: 'SetEndpointAttributes',
  parse: ({ EndpointArn, Attributes: attributes }, scope) => ({
    name: parseEndpointArn(EndpointArn, scope),
    attributes,
  }),
  access: (row) => [onAnything(row, 'SetEndpointAttributes')],
  handle: async ({ name, attributes }, _call, { platforms }) => {
    const record = platforms.endpoint(name);
    checkEndpointAttributes(attributes);
    await platforms.putEndpoint({ ...record, attributes: { ...record.attributes, ...attributes } });
  },
});

export const deleteEndpoint = snsOperation({
  name: 'DeleteEndpoint',
  parse: ({ EndpointArn }, scope) => parseEndpointArn(EndpointArn, scope),
  access: (row) => [onAnything(row, 'DeleteEndpoint')],
  handle: (name, _call, { platforms }) => platforms.deleteEndpoint(name),
});

export const listEndpointsByPlatformApplication = snsOperation({
  name: 'ListEndpointsByPlatformApplication',
  parse: ({ PlatformApplicationArn, NextToken: token }, scope) => ({
    application: parseApplicationArn(PlatformApplicationArn, scope),
    token,
  }),
  access: (row) => [onAnything(row, 'ListEndpointsByPlatformApplication')],
  handle: ({ application, token }, _call, { platforms }) => {
    platforms.application(application);
    const { items, next } = pageOf(platforms.endpointsOf(application), {
      keyOf: endpointArn,
      limit: 100,
      token,
      of: ['ListEndpointsByPlatformApplication', applicationArn(application)],
      refuse: () => invalidParameter('NextToken'),
    });
    const Endpoints = items.map((each) => ({ EndpointArn: endpointArn(each), Attributes: { ...each.attributes } }));
    return { Endpoints, NextToken: next };
  },
});
