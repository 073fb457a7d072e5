import type { Tags } from '../../core/access.js';
import type { Scope } from '../../core/operation.js';

/** A value of a secret: text or bytes. */
export interface SecretValue {
  readonly text?: string | undefined;
  /** Base64 */
  readonly bytes?: string | undefined;
}

export interface SecretVersion extends SecretValue {
  /** The token of the request that made it. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly created: number;
  readonly accessed?: number | undefined;
  /** `AWSCURRENT`; a version without any is deprecated. */
  readonly stages: readonly string[];
}

export interface RotationRules {
  readonly AutomaticallyAfterDays?: number | undefined;
  readonly Duration?: string | undefined;
  readonly ScheduleExpression?: string | undefined;
}

export interface Rotation {
  readonly functionArn: string;
  readonly rules: RotationRules;
  readonly enabled: boolean;
}

/** A secret as it is stored. */
export interface SecretRecord extends Scope {
  readonly name: string;
  /** Six characters that AWS adds to the ARN, so that a name that is used again means another secret. */
  readonly suffix: string;
  readonly description?: string | undefined;
  readonly keyId?: string | undefined;
  readonly type?: string | undefined;
  /** Undefined until the first is set. */
  readonly tags: Tags | undefined;
  /** JSON */
  readonly policy?: string | undefined;
  /** Oldest first. */
  readonly versions: readonly SecretVersion[];
  readonly rotation?: Rotation | undefined;
  /** Epoch milliseconds, like all that follow. */
  readonly created: number;
  readonly changed: number;
  readonly accessed?: number | undefined;
  readonly rotated?: number | undefined;
  readonly nextRotation?: number | undefined;
  /** When the deletion was asked for. */
  readonly deletionAsked?: number | undefined;
  /** When it is deleted for good. */
  readonly deletion?: number | undefined;
}
