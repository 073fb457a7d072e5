import { pageOf } from '../../../kit/page.js';
import { checkCredentials, visibleAttributes } from '../platforms/platform-attributes.js';
import { applicationArn, checkApplicationName, parseApplicationArn } from '../platforms/platform-name.js';
import { onAnything, snsOperation } from '../service-state.js';
import { invalidParameter } from '../sns-error.js';

export const createPlatformApplication = snsOperation({
  name: 'CreatePlatformApplication',
  parse: ({ Name: name, Platform: platform, Attributes: attributes }, { account, region }) => {
    checkApplicationName({ platform, name });
    checkCredentials(platform, attributes);
    return { account, region, platform, name, attributes };
  },
  access: (row) => [onAnything(row, 'CreatePlatformApplication')],
  handle: async (application, _call, { platforms }) => {
    await platforms.applications.put(application);
    return { PlatformApplicationArn: applicationArn(application) };
  },
});

export const getPlatformApplicationAttributes = snsOperation({
  name: 'GetPlatformApplicationAttributes',
  parse: ({ PlatformApplicationArn }, scope) => parseApplicationArn(PlatformApplicationArn, scope),
  access: (row) => [onAnything(row, 'GetPlatformApplicationAttributes')],
  handle: (name, _call, { platforms }) => ({ Attributes: visibleAttributes(platforms.application(name).attributes) }),
});

export const setPlatformApplicationAttributes = snsOperation({
  name: 'SetPlatformApplicationAttributes',
  parse: ({ PlatformApplicationArn, Attributes: attributes }, scope) => ({
    name: parseApplicationArn(PlatformApplicationArn, scope),
    attributes,
  }),
  access: (row) => [onAnything(row, 'SetPlatformApplicationAttributes')],
  handle: async ({ name, attributes }, _call, { platforms }) => {
    const record = platforms.application(name);
    checkCredentials(name.platform, attributes);
    await platforms.applications.put({ ...record, attributes: { ...record.attributes, ...attributes } });
  },
});

export const deletePlatformApplication = snsOperation({
  name: 'DeletePlatformApplication',
  parse: ({ PlatformApplicationArn }, scope) => parseApplicationArn(PlatformApplicationArn, scope),
  access: (row) => [onAnything(row, 'DeletePlatformApplication')],
  handle: (name, _call, { platforms }) => platforms.deleteApplication(name),
});

export const listPlatformApplications = snsOperation({
  name: 'ListPlatformApplications',
  access: (row) => [onAnything(row, 'ListPlatformApplications')],
  handle: ({ NextToken: token }, call, { platforms }) => {
    const { items, next } = pageOf(platforms.applications.list(call, applicationArn), {
      keyOf: applicationArn,
      limit: 100,
      token,
      of: ['ListPlatformApplications'],
      refuse: () => invalidParameter('NextToken'),
    });
    const PlatformApplications = items.map((each) => ({
      PlatformApplicationArn: applicationArn(each),
      Attributes: visibleAttributes(each.attributes),
    }));
    return { PlatformApplications, NextToken: next };
  },
});
