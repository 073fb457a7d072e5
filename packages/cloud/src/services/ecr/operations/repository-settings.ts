import { changeRepository, ecrOperation, named, repositoryAccess } from '../repository.js';

export const putImageTagMutability = ecrOperation({
  name: 'PutImageTagMutability',
  parse: (input) => ({ ...named(input), tagMutability: input.imageTagMutability }),
  access: (row) => [repositoryAccess(row, 'PutImageTagMutability')],
  handle: async ({ name, tagMutability }, call, state) => {
    await changeRepository(name, { tagMutability }, call, state);
    return { registryId: call.account, repositoryName: name, imageTagMutability: tagMutability };
  },
});

export const putImageScanningConfiguration = ecrOperation({
  name: 'PutImageScanningConfiguration',
  parse: (input) => ({ ...named(input), scanOnPush: input.imageScanningConfiguration.scanOnPush ?? false }),
  access: (row) => [repositoryAccess(row, 'PutImageScanningConfiguration')],
  handle: async ({ name, scanOnPush }, call, state) => {
    await changeRepository(name, { scanOnPush }, call, state);
    return { registryId: call.account, repositoryName: name, imageScanningConfiguration: { scanOnPush } };
  },
});
