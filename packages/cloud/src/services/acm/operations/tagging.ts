import { requestTags } from '../../../core/access.js';
import { type Members, membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { type AcmState, type Certificate, certificateAccess, certificates, findCertificate } from '../certificate.js';

type Tags = Certificate['tags'];

function readTags(members: Members): Tags {
  return Object.fromEntries(members.structures('Tags').map((tag) => [tag.neededText('Key'), tag.text('Value') ?? '']));
}

/** AddTagsToCertificate and RemoveTagsFromCertificate are alike. */
function changesTags(name: string, change: (before: Tags, given: Tags) => Tags) {
  return operation<AcmState>()({
    name,
    parse: (raw) => {
      const members = membersOf(raw);
      return { arn: members.neededText('CertificateArn'), tags: readTags(members) };
    },
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
      return undefined;
    },
  });
}

export const addTagsToCertificate = changesTags('AddTagsToCertificate', (before, given) => ({ ...before, ...given }));

export const removeTagsFromCertificate = changesTags('RemoveTagsFromCertificate', (before, given) =>
  Object.fromEntries(Object.entries(before).filter(([key]) => !(key in given))),
);

export const listTagsForCertificate = operation<AcmState>()({
  name: 'ListTagsForCertificate',
  parse: (raw) => ({ arn: membersOf(raw).neededText('CertificateArn') }),
  access: (row) => [certificateAccess(row, 'ListTagsForCertificate')],
  handle: async ({ arn }, call, state) => {
    const { tags } = await findCertificate(arn, call, state);
    return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
  },
});
