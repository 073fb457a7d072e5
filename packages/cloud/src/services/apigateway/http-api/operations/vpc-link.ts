import { randomId } from '../../../../core/random-id.js';
import { httpOperation } from '../../api-operation.js';
import { byAge, httpPage } from '../../page.js';
import type { HttpVpcLinkRecord } from '../../records/vpc-link.js';
import { badRequest } from '../../refusal.js';
import { wholeSeconds } from '../../time.js';
import * as find from '../find.js';
import { checkLength } from '../limits.js';

/** A link is there at once: no network has to be made for it. */
function vpcLinkOutput({ id, name, subnetIds, securityGroupIds, tags, created }: HttpVpcLinkRecord) {
  return {
    VpcLinkId: id,
    Name: name,
    SubnetIds: subnetIds,
    SecurityGroupIds: securityGroupIds,
    Tags: tags,
    CreatedDate: wholeSeconds(created),
    VpcLinkStatus: 'AVAILABLE' as const,
    VpcLinkVersion: 'V2' as const,
  };
}

export const createVpcLink = httpOperation({
  name: 'CreateVpcLink',
  parse: ({ Name, SubnetIds }) => {
    checkLength('name', Name);
    if (SubnetIds.length === 0) throw badRequest('SubnetIds must not be empty');
    return {};
  },
  handle: ({ Name, SubnetIds, SecurityGroupIds = [], Tags = {} }, call, store) =>
    store.change(async () => {
      const id = call.resourceId ?? randomId.lower(6);
      const existing = await store.get(call, 'httpVpcLink', id);
      if (existing) return vpcLinkOutput(existing);
      const link: HttpVpcLinkRecord = {
        id,
        name: Name,
        subnetIds: SubnetIds,
        securityGroupIds: SecurityGroupIds,
        tags: Tags,
        created: store.now(),
      };
      await store.put(call, 'httpVpcLink', id, link);
      return vpcLinkOutput(link);
    }),
});

export const getVpcLink = httpOperation({
  name: 'GetVpcLink',
  handle: async ({ VpcLinkId }, call, store) => vpcLinkOutput(await find.vpcLink(store, call, VpcLinkId)),
});

export const getVpcLinks = httpOperation({
  name: 'GetVpcLinks',
  handle: async (page, call, store) =>
    httpPage(['GetVpcLinks'], page, await store.list(call, 'httpVpcLink'), byAge, vpcLinkOutput),
});

export const updateVpcLink = httpOperation({
  name: 'UpdateVpcLink',
  handle: ({ VpcLinkId, Name }, call, store) =>
    store.change(async () => {
      checkLength('name', Name);
      const before = await find.vpcLink(store, call, VpcLinkId);
      const link = { ...before, name: Name ?? before.name };
      await store.put(call, 'httpVpcLink', VpcLinkId, link);
      return vpcLinkOutput(link);
    }),
});

export const deleteVpcLink = httpOperation({
  name: 'DeleteVpcLink',
  handle: ({ VpcLinkId }, call, store) =>
    store.change(async () => {
      await find.vpcLink(store, call, VpcLinkId);
      await store.remove(call, 'httpVpcLink', VpcLinkId);
    }),
});
