import { randomId } from '../../../../core/random-id.js';
import { restOperation } from '../../api-operation.js';
import { byAge, restPage } from '../../page.js';
import { invalidPatch, readPatches } from '../../patch.js';
import type { VpcLinkRecord } from '../../records/vpc-link.js';
import { badRequest } from '../../refusal.js';
import * as find from '../find.js';

/** A link is there at once: no network has to be made for it. */
function vpcLinkOutput({ id, name, description, targetArns, tags }: VpcLinkRecord) {
  return { id, name, description, targetArns, status: 'AVAILABLE' as const, tags };
}

export const createVpcLink = restOperation({
  name: 'CreateVpcLink',
  parse: ({ name, targetArns }) => {
    if (name === '') throw badRequest('Name cannot be empty');
    for (const arn of targetArns) {
      if (!/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/.test(arn)) throw badRequest(`Invalid ARN. ARN is not well formed ${arn}`);
    }
    return {};
  },
  handle: ({ name, description, targetArns, tags = {} }, call, store) =>
    store.change(async () => {
      const id = call.resourceId ?? randomId.lower(6);
      const existing = await store.get(call, 'vpcLink', id);
      if (existing) return vpcLinkOutput(existing);
      const link: VpcLinkRecord = { id, name, description, targetArns, tags, created: store.now() };
      await store.put(call, 'vpcLink', id, link);
      return vpcLinkOutput(link);
    }),
});

export const getVpcLink = restOperation({
  name: 'GetVpcLink',
  handle: async ({ vpcLinkId }, call, store) => vpcLinkOutput(await find.vpcLink(store, call, vpcLinkId)),
});

export const getVpcLinks = restOperation({
  name: 'GetVpcLinks',
  handle: async (page, call, store) =>
    restPage(['GetVpcLinks'], page, await store.list(call, 'vpcLink'), byAge, vpcLinkOutput),
});

const PATCHES = ['/name', '/description'];

export const updateVpcLink = restOperation({
  name: 'UpdateVpcLink',
  parse: ({ patchOperations }) => ({ patches: readPatches(patchOperations) }),
  handle: ({ vpcLinkId, patches }, call, store) =>
    store.change(async () => {
      let link = await find.vpcLink(store, call, vpcLinkId);
      for (const patch of patches) {
        if (patch.op !== 'replace' || !PATCHES.includes(patch.path)) throw invalidPatch(patch, PATCHES);
        if (patch.path === '/name' && !patch.value) throw badRequest('Name cannot be empty');
        link = { ...link, [patch.path.slice(1)]: patch.value };
      }
      await store.put(call, 'vpcLink', vpcLinkId, link);
      return vpcLinkOutput(link);
    }),
});

export const deleteVpcLink = restOperation({
  name: 'DeleteVpcLink',
  handle: ({ vpcLinkId }, call, store) =>
    store.change(async () => {
      await find.vpcLink(store, call, vpcLinkId);
      await store.remove(call, 'vpcLink', vpcLinkId);
    }),
});
