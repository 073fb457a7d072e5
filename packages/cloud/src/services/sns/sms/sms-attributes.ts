import { AwsError } from '../../../core/aws-error.js';
import type { Attributes } from '../attributes.js';

/** The attributes of "SetSMSAttributes" of the API reference, and what each may be. */
const VALID: Readonly<Record<string, RegExp>> = {
  DefaultSenderID: /^(?=.*[a-zA-Z])[a-zA-Z0-9]{1,11}$/,
  DefaultSMSType: /^(?:Promotional|Transactional)$/,
  DeliveryStatusIAMRole: /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/,
  DeliveryStatusSuccessSamplingRate: /^(?:100|\d{1,2})$/,
  MonthlySpendLimit: /^\d+$/,
  UsageReportS3Bucket: /^[a-z0-9.-]{3,63}$/,
};

/** @throws AwsError InvalidParameter */
export function checkSmsAttributes(attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    const valid = Object.hasOwn(VALID, name) ? VALID[name] : undefined;
    if (valid === undefined) throw new AwsError('InvalidParameter', `${name} is not a valid attribute`);
    if (!valid.test(value)) throw new AwsError('InvalidParameter', `${name} is invalid`);
  }
}
