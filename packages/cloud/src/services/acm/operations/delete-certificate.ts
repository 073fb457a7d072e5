import { acmOperation, certificateAccess, certificates, findCertificate, named } from '../certificate.js';

export const deleteCertificate = acmOperation({
  name: 'DeleteCertificate',
  parse: named,
  access: (row) => [certificateAccess(row, 'DeleteCertificate')],
  handle: async ({ arn }, call, state) => {
    await findCertificate(arn, call, state);
    await certificates(state, call).batch([{ key: arn, value: undefined }]);
  },
});
