import { AwsError } from '../../core/aws-error.js';
import { malformedXml } from '../../gateway/read-xml.js';
import type { Refusal } from '../../model/validate.js';

/** S3 reads bodies by a schema: what is missing in one is not well-formed. */
export const refuseInput: Refusal = () => malformedXml();

/** An error whose answer has headers of its own. */
export class S3Error extends AwsError {
  constructor(
    error: AwsError,
    readonly headers: readonly (readonly [name: string, value: string])[],
  ) {
    super(error.code, error.message, error.status, error.fields);
  }
}

function methodNotAllowed(method: string, resourceType: string): AwsError {
  const message = 'The specified method is not allowed against this resource.';
  return new AwsError('MethodNotAllowed', message, 405, { Method: method, ResourceType: resourceType });
}

export const s3Error = {
  noSuchBucket: (bucket: string) =>
    new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName: bucket }),
  noSuchKey: (key: string) => new AwsError('NoSuchKey', 'The specified key does not exist.', 404, { Key: key }),
  noSuchVersion: (key: string, versionId: string) =>
    new AwsError('NoSuchVersion', 'The specified version does not exist.', 404, { Key: key, VersionId: versionId }),
  noSuchUpload: (uploadId: string) =>
    new AwsError(
      'NoSuchUpload',
      'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
      404,
      { UploadId: uploadId },
    ),
  /** @param method of the request: `GET` */
  isDeleteMarker: (method: string) => methodNotAllowed(method, 'DeleteMarker'),
  methodNotAllowed,
  preconditionFailed: (condition: string) =>
    new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, {
      Condition: condition,
    }),
  /** For what the local cloud lacks. */
  unsupported: (what: string) => new AwsError('NotImplemented', `The local cloud's S3 does not have ${what}`, 501),
  /** For headers that S3 itself lacks. @param detail what about the header */
  headerNotImplemented: (header: string, detail?: string) =>
    new AwsError('NotImplemented', 'A header you provided implies functionality that is not implemented', 501, {
      Header: header,
      additionalMessage: detail,
    }),
  invalidArgument: (message: string, name: string, value?: string) =>
    new AwsError('InvalidArgument', message, 400, { ArgumentName: name, ArgumentValue: value }),
  invalidRequest: (message: string) => new AwsError('InvalidRequest', message),
  invalidUri: () => new AwsError('InvalidURI', "Couldn't parse the specified URI.", 400),
  tooLarge: (proposed: number | undefined, most: number) =>
    new AwsError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', 400, {
      ProposedSize: proposed,
      MaxSizeAllowed: most,
    }),
  tooSmall: (proposed: number, least: number, more: Readonly<Record<string, unknown>> = {}) =>
    new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', 400, {
      ProposedSize: proposed,
      MinSizeAllowed: least,
      ...more,
    }),
  accessDenied: (message = 'Access Denied', fields: Readonly<Record<string, unknown>> = {}) =>
    new AwsError('AccessDenied', message, 403, fields),
};
