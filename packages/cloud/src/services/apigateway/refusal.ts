import { AwsError } from '../../core/aws-error.js';
import { serviceModel, structureOf, traitsOf } from '../../model/service-model.js';
import { type Refusal, validationMessage } from '../../model/validate.js';
import { badRequest } from '../execute-api/index.js';

export { badRequest, invalidMapping, unsupported } from '../execute-api/index.js';

export function notFound(message: string): AwsError {
  return new AwsError('NotFoundException', message, 404);
}

export function conflict(message: string): AwsError {
  return new AwsError('ConflictException', message, 409);
}

/**
 * The refusal of wrong input of one operation. AWS names members of the body below the operation
 * (`createRestApiInput.name`), and after them those of the path by their own names.
 */
export function refuseInputOf(service: 'apigateway' | 'apigatewayv2', operation: string): Refusal {
  return (violations) => {
    const model = serviceModel(service);
    const members = structureOf(model, model.operations[operation]?.input ?? 'unit')?.members ?? {};
    const isLabel = (path: string): boolean => {
      const member = members[path] ?? members[path.charAt(0).toUpperCase() + path.slice(1)];
      return member !== undefined && traitsOf(member).httpLabel === 1;
    };
    const body = `${operation.charAt(0).toLowerCase()}${operation.slice(1)}Input.`;
    const ofBody = violations.filter(({ path }) => !isLabel(path));
    const ofPath = violations.filter(({ path }) => isLabel(path));
    const message = validationMessage([
      ...ofBody.map((violation) => ({ ...violation, path: body + violation.path })),
      ...ofPath,
    ]);
    return service === 'apigateway' ? new AwsError('ValidationException', message, 400) : badRequest(message);
  };
}
