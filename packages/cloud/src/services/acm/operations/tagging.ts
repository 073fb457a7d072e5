import { requestTags, type Tags } from '../../../core/access.js';
import { fromTagList, toTagList, withoutTags } from '../../../kit/tags.js';
import { acmOperation, certificateAccess, certificates, findCertificate, named } from '../certificate.js';

/** AddTagsToCertificate and RemoveTagsFromCertificate, which takes whole tags, are alike. */
function changesTags(
  name: 'AddTagsToCertificate' | 'RemoveTagsFromCertificate',
  change: (before: Tags, given: Tags) => Tags,
) {
  return acmOperation({
    name,
    parse: ({ CertificateArn, Tags }) => ({ arn: CertificateArn, tags: fromTagList(Tags) }),
    access: (row) => [
      certificateAccess(
        row,
        name,
        requestTags(({ tags }) => tags),
      ),
    ],
    handle: async ({ arn, tags }, call, state) => {
      const certificate = await findCertificate(arn, call, state);
      const value = { ...certificate, tags: change(certificate.tags, tags) };
      await certificates(state, call).batch([{ key: arn, value }]);
    },
  });
}

export const addTagsToCertificate = changesTags('AddTagsToCertificate', (before, given) => ({ ...before, ...given }));

export const removeTagsFromCertificate = changesTags('RemoveTagsFromCertificate', (before, given) =>
  withoutTags(before, Object.keys(given)),
);

export const listTagsForCertificate = acmOperation({
  name: 'ListTagsForCertificate',
  parse: named,
  access: (row) => [certificateAccess(row, 'ListTagsForCertificate')],
  handle: async ({ arn }, call, state) => ({ Tags: toTagList((await findCertificate(arn, call, state)).tags) }),
});
