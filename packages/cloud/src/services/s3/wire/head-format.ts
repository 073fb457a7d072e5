import { scalarOf } from '../../../model/loose-format.js';
import { textFormat } from '../../../model/text-format.js';
import type { ReadFormat } from '../../../model/value-reader.js';
import { s3Error } from '../s3-error.js';

/**
 * Query parameters and headers as S3 reads them. RFC 9110, 13.1.3: a date that cannot be read is as none.
 *
 * @throws AwsError InvalidArgument for what is no number
 */
export const headFormat: ReadFormat = {
  ...textFormat,
  scalar: (kind, value, path) => {
    const text = Array.isArray(value) ? value[0] : value;
    const scalar = scalarOf(kind, text);
    if (scalar !== undefined) return scalar;
    if (kind === 'number') throw notANumber(path, String(text));
    if (kind === 'boolean') return String(text).toLowerCase() === 'true';
    return undefined;
  },
};

/** `MaxKeys` is `max-keys` to S3's words. */
function notANumber(member: string, text: string) {
  const name = member.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
  return s3Error.invalidArgument(`Provided ${name} not an integer or within integer range`, name, text);
}
