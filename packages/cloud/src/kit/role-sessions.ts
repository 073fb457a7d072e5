import { assumeRole } from '../core/assume-role.js';
import type { CloudContext } from '../core/cloud.js';
import { defined } from '../core/defined.js';
import { internalCall } from '../core/internal-call.js';
import type { Scope } from '../core/operation.js';
import type { Principal } from '../core/principal.js';

/** Milliseconds before its end at which a session is not used any more. */
const SPARE = 5 * 60_000;

/** The sessions of roles under which a service acts, each kept until it ends. */
export class RoleSessions {
  readonly #context: Pick<CloudContext, 'dispatch' | 'credentials' | 'now'>;
  readonly #service: string;
  readonly #sessions = new Map<string, { readonly until: number; readonly principal: Principal }>();

  /** @param service who assumes the roles, as trust policies name it: `events.amazonaws.com` */
  constructor(context: Pick<CloudContext, 'dispatch' | 'credentials' | 'now'>, service: string) {
    this.#context = context;
    this.#service = service;
  }

  /**
   * A call under a role that lands in an account and region.
   * @param owner the account and region of what the role was given to
   * @param sourceArn the resource for which the service acts, where trust policies see it
   * @throws AwsError where there is no such role, or it does not trust the service
   */
  async call(roleArn: string, sessionName: string, owner: Scope, lands: Scope, sourceArn?: string) {
    const key = `${roleArn} ${sessionName} ${sourceArn}`;
    const known = this.#sessions.get(key);
    if (known && known.until > this.#context.now()) return internalCall(lands, known.principal);
    const role = { service: this.#service, roleArn, sessionName, ...defined({ sourceArn }) };
    const { accessKeyId, expiration } = await assumeRole(this.#context, owner, role);
    const principal = (await this.#context.credentials.find(accessKeyId))?.principal;
    if (principal === undefined) throw new Error(`the session of ${roleArn} is unknown`);
    this.#sessions.set(key, { until: expiration - SPARE, principal });
    return internalCall(lands, principal);
  }
}
