import type { Pool } from '../cognito-store.js';
import type { Triggers } from '../triggers/triggers.js';
import { fromAttributeList } from './user-output.js';

export interface SignUpRequest {
  readonly cause: 'SignUp' | 'AdminCreateUser';
  readonly username: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly clientId?: string | undefined;
  readonly validationData?: readonly { readonly Name: string; readonly Value?: string | undefined }[] | undefined;
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
}

/** The decision of the function before a sign-up. */
export interface SignUpDecision {
  readonly confirmed: boolean;
  /** The addresses that it takes for verified. */
  readonly verified: Readonly<Record<string, string>>;
}

/** @throws AwsError UserLambdaValidationException where the function refuses the user */
export async function beforeSignUp(
  triggers: Triggers,
  pool: Pool,
  { cause, username, attributes, clientId, validationData, clientMetadata }: SignUpRequest,
): Promise<SignUpDecision> {
  const response = await triggers.run(pool.record, 'PreSignUp', {
    source: `PreSignUp_${cause}`,
    userName: username,
    clientId,
    request: {
      userAttributes: attributes,
      validationData: validationData?.length ? fromAttributeList(validationData) : null,
      ...(clientMetadata && { clientMetadata }),
    },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  });
  return {
    confirmed: response?.autoConfirmUser === true,
    verified: {
      ...(response?.autoVerifyEmail === true && attributes.email && { email_verified: 'true' }),
      ...(response?.autoVerifyPhone === true && attributes.phone_number && { phone_number_verified: 'true' }),
    },
  };
}
