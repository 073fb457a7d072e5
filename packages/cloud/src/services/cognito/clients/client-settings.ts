import { AwsError } from '../../../core/aws-error.js';
import { defined } from '../../../core/defined.js';
import type { Input, Output } from '../../../model/client-types.js';
import { invalidParameter } from '../cognito-error.js';
import type { Pool } from '../cognito-store.js';
import type { ClientRecord, ClientSettings } from '../pools/pool-record.js';

type Created = Input<'cognito-idp', 'CreateUserPoolClient'>;
type Updated = Input<'cognito-idp', 'UpdateUserPoolClient'>;

/** Seconds in each unit of a token's validity. */
const SECONDS = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;

const HOUR = 3600;
const DAY = 86_400;

/** The scopes that every pool has. */
const OPENID_SCOPES = ['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin'];

/** @throws AwsError InvalidParameterException, InvalidOAuthFlowException, ScopeDoesNotExistException */
export function clientSettings(
  input: Partial<Created> & Partial<Updated>,
  pool: Pool,
  secret?: string,
): ClientSettings {
  const settings: ClientSettings = {
    ClientName: input.ClientName,
    RefreshTokenValidity: input.RefreshTokenValidity,
    AccessTokenValidity: input.AccessTokenValidity,
    IdTokenValidity: input.IdTokenValidity,
    TokenValidityUnits: input.TokenValidityUnits,
    ReadAttributes: input.ReadAttributes,
    WriteAttributes: input.WriteAttributes,
    ExplicitAuthFlows: input.ExplicitAuthFlows,
    SupportedIdentityProviders: input.SupportedIdentityProviders,
    CallbackURLs: input.CallbackURLs,
    LogoutURLs: input.LogoutURLs,
    DefaultRedirectURI: input.DefaultRedirectURI,
    AllowedOAuthFlows: input.AllowedOAuthFlows,
    AllowedOAuthScopes: input.AllowedOAuthScopes,
    AllowedOAuthFlowsUserPoolClient: input.AllowedOAuthFlowsUserPoolClient,
    AnalyticsConfiguration: input.AnalyticsConfiguration,
    PreventUserExistenceErrors: input.PreventUserExistenceErrors,
    EnableTokenRevocation: input.EnableTokenRevocation,
    EnablePropagateAdditionalUserContextData: input.EnablePropagateAdditionalUserContextData,
    AuthSessionValidity: input.AuthSessionValidity,
    RefreshTokenRotation: input.RefreshTokenRotation,
  };
  checkFlows(settings);
  checkOAuth(settings, pool, secret);
  checkValidity(settings);
  return settings;
}

/** Flows by the names that AWS gave up, which say nothing of refreshing and SRP. */
const LEGACY = ['ADMIN_NO_SRP_AUTH', 'CUSTOM_AUTH_FLOW_ONLY', 'USER_PASSWORD_AUTH'];

function checkFlows({ ExplicitAuthFlows = [] }: ClientSettings): void {
  const legacy = ExplicitAuthFlows.filter((flow) => LEGACY.includes(flow));
  if (legacy.length > 0 && legacy.length < ExplicitAuthFlows.length) {
    throw invalidParameter('Explicit auth flows with the prefix ALLOW_ cannot be mixed with those without it.');
  }
}

function checkOAuth(settings: ClientSettings, pool: Pool, secret: string | undefined): void {
  const { AllowedOAuthFlowsUserPoolClient, AllowedOAuthFlows = [], AllowedOAuthScopes = [] } = settings;
  const invalidFlow = (message: string) => new AwsError('InvalidOAuthFlowException', message);
  if (AllowedOAuthFlowsUserPoolClient && (AllowedOAuthFlows.length === 0 || AllowedOAuthScopes.length === 0)) {
    throw invalidFlow(
      'AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.',
    );
  }
  if (AllowedOAuthFlows.includes('client_credentials')) {
    if (AllowedOAuthFlows.length > 1) {
      throw invalidFlow('client_credentials flow can not be selected along with code flow or implicit flow.');
    }
    if (secret === undefined) {
      throw invalidFlow('client_credentials flow can not be selected if client does not have a client secret.');
    }
  }
  const missing = AllowedOAuthScopes.find((scope) => !OPENID_SCOPES.includes(scope) && !hasScope(pool, scope));
  if (missing !== undefined) throw new AwsError('ScopeDoesNotExistException', `Invalid scope requested: ${missing}`);
}

function hasScope({ servers }: Pool, scope: string): boolean {
  const slash = scope.lastIndexOf('/');
  return (
    servers.get(scope.slice(0, slash))?.scopes.some(({ ScopeName }) => ScopeName === scope.slice(slash + 1)) ?? false
  );
}

function checkValidity(settings: ClientSettings): void {
  const { access, id, refresh } = validityOf(settings);
  const isShort = (seconds: number) => seconds >= 300 && seconds <= DAY;
  if (!isShort(access) || !isShort(id) || refresh < HOUR || refresh > 3650 * DAY) {
    throw invalidParameter('Invalid range for token validity.');
  }
  if (access > refresh || id > refresh) {
    throw invalidParameter('Access Token and ID Token validity must be less than or equal to Refresh Token validity.');
  }
}

/** Seconds for which each kind of token is good. */
export function validityOf(settings: ClientSettings): {
  readonly access: number;
  readonly id: number;
  readonly refresh: number;
} {
  const { TokenValidityUnits: units = {}, AccessTokenValidity, IdTokenValidity, RefreshTokenValidity } = settings;
  return {
    access: AccessTokenValidity ? AccessTokenValidity * SECONDS[units.AccessToken ?? 'hours'] : HOUR,
    id: IdTokenValidity ? IdTokenValidity * SECONDS[units.IdToken ?? 'hours'] : HOUR,
    refresh: RefreshTokenValidity ? RefreshTokenValidity * SECONDS[units.RefreshToken ?? 'days'] : 30 * DAY,
  };
}

/** The flows of a client that names none (CreateUserPoolClient, `ExplicitAuthFlows`). */
const DEFAULT_FLOWS = ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH'] as const;

/** The flows by their names of today. */
export function flowsOf({ ExplicitAuthFlows = [] }: ClientSettings): readonly string[] {
  if (ExplicitAuthFlows.length === 0) return DEFAULT_FLOWS;
  const always = ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH'];
  return ExplicitAuthFlows.flatMap((flow): readonly string[] => {
    if (flow === 'ADMIN_NO_SRP_AUTH') return ['ALLOW_ADMIN_USER_PASSWORD_AUTH', ...always];
    if (flow === 'USER_PASSWORD_AUTH') return ['ALLOW_USER_PASSWORD_AUTH', ...always];
    if (flow === 'CUSTOM_AUTH_FLOW_ONLY') return ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'];
    return [flow];
  });
}

/** A client as it is shown. */
export function clientOutput({
  id,
  poolId,
  secret,
  settings,
  created,
  modified,
}: ClientRecord): NonNullable<Output<'cognito-idp', 'DescribeUserPoolClient'>['UserPoolClient']> {
  return {
    ...settings,
    UserPoolId: poolId,
    ClientId: id,
    ...defined({ ClientSecret: secret }),
    RefreshTokenValidity: settings.RefreshTokenValidity || 30,
    TokenValidityUnits: settings.TokenValidityUnits ?? {},
    AllowedOAuthFlowsUserPoolClient: settings.AllowedOAuthFlowsUserPoolClient ?? false,
    EnableTokenRevocation: settings.EnableTokenRevocation ?? true,
    EnablePropagateAdditionalUserContextData: settings.EnablePropagateAdditionalUserContextData ?? false,
    AuthSessionValidity: settings.AuthSessionValidity ?? 3,
    CreationDate: new Date(created),
    LastModifiedDate: new Date(modified),
  };
}
