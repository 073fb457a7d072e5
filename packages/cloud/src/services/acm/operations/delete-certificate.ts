import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { type AcmState, certificateAccess, certificates, findCertificate } from '../certificate.js';

export const deleteCertificate = operation<AcmState>()({
  name: 'DeleteCertificate',
  parse: (raw) => ({ arn: membersOf(raw).neededText('CertificateArn') }),
  access: (row) => [certificateAccess(row, 'DeleteCertificate')],
  handle: async ({ arn }, call, state) => {
    await findCertificate(arn, call, state);
    await certificates(state, call).batch([{ key: arn, value: undefined }]);
    return undefined;
  },
});
