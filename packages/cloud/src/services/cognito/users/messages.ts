import { unlessGone } from '../../../core/aws-failure.js';
import type { CloudContext } from '../../../core/cloud.js';
import { internalCall } from '../../../core/internal-call.js';
import { isObject } from '../../../core/json.js';
import { LogStreamWriter } from '../../../core/log-stream-writer.js';
import type { PoolRecord, PoolSettings } from '../pools/pool-record.js';
import type { Triggers } from '../triggers/triggers.js';
import { triggerAttributes } from '../triggers/user-attributes.js';
import type { UserRecord } from './user-record.js';

/** The reason for a message, which is also the end of the trigger's source: `CustomMessage_SignUp` */
export type MessagePurpose =
  | 'SignUp'
  | 'AdminCreateUser'
  | 'ResendCode'
  | 'ForgotPassword'
  | 'UpdateUserAttribute'
  | 'VerifyUserAttribute'
  | 'Authentication';

export interface Message {
  readonly purpose: MessagePurpose;
  /** `email` or `phone_number`: where it goes. */
  readonly attribute: string;
  /** The address; it need not be the user's yet. */
  readonly address: string;
  /** The code, or the temporary password of an invitation. */
  readonly code: string;
  readonly clientId?: string | undefined;
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
}

/** Where a code went, as AWS tells it: the address is not told whole. */
export interface Delivery {
  readonly Destination: string;
  readonly DeliveryMedium: 'EMAIL' | 'SMS';
  readonly AttributeName: string;
}

interface Texts {
  readonly subject?: string | undefined;
  readonly text: string;
}

const CODE = '{####}';
const NAME = '{username}';
const LINK = /\{##([\s\S]*?)##\}/;

/** The log group in which the messages of a pool are kept. */
export const messageGroup = (poolId: string): string => `/goblet/cognito/${poolId}`;

/**
 * The mails and texts of user pools. Nothing is sent: each message is an event of the cloud (its terminal shows it) and
 * a line of JSON in the pool's own log group, written before the call that causes it is answered.
 */
export class Messages {
  readonly #context: CloudContext;
  readonly #triggers: Triggers;
  readonly #writers = new Map<string, LogStreamWriter>();

  constructor(context: CloudContext, triggers: Triggers) {
    this.#context = context;
    this.#triggers = triggers;
  }

  async send(pool: PoolRecord, user: UserRecord, message: Message): Promise<Delivery> {
    const { purpose, attribute, address, code } = message;
    const medium = attribute === 'email' ? 'EMAIL' : 'SMS';
    const { subject, text } = await this.#texts(pool, user, message, medium);
    const body = filled(text, user.username, code, pool, message.clientId);
    const time = this.#context.now();
    const { account, region, id: userPoolId } = pool;
    const { username } = user;
    const told = { purpose, medium, destination: address, username, subject, body, code } as const;
    this.#context.emit({ kind: 'message', time, account, region, userPoolId, ...told });
    const writer = this.#writer(pool);
    writer.write(time, JSON.stringify(told));
    await writer.flush();
    return { Destination: masked(address, medium), DeliveryMedium: medium, AttributeName: attribute };
  }

  /** Deletes the messages of a pool that goes. */
  async forget(pool: PoolRecord): Promise<void> {
    await this.#writers.get(pool.id)?.finish();
    this.#writers.delete(pool.id);
    const input = { logGroupName: messageGroup(pool.id) };
    await unlessGone(this.#context.dispatch('logs', 'DeleteLogGroup', input, callFor(pool)));
  }

  #writer(pool: PoolRecord): LogStreamWriter {
    const known = this.#writers.get(pool.id);
    if (known) return known;
    const made = new LogStreamWriter(this.#context, {
      group: messageGroup(pool.id),
      stream: 'messages',
      makesGroup: true,
      call: async () => callFor(pool),
      refused: ({ message }) => {
        this.#writers.delete(pool.id);
        const text = `the messages of the user pool ${pool.id} are not written: ${message}`;
        this.#context.emit({ kind: 'warning', time: this.#context.now(), message: text });
      },
    });
    this.#writers.set(pool.id, made);
    return made;
  }

  async #texts(
    pool: PoolRecord,
    user: UserRecord,
    message: Message,
    medium: Delivery['DeliveryMedium'],
  ): Promise<Texts> {
    const given = textsOf(pool.settings, message.purpose, medium);
    const { purpose, clientId, clientMetadata } = message;
    const isInvitation = purpose === 'AdminCreateUser';
    const custom = await this.#triggers.run(pool, 'CustomMessage', {
      source: `CustomMessage_${purpose}`,
      userName: user.username,
      clientId,
      request: {
        userAttributes: triggerAttributes(user),
        codeParameter: CODE,
        linkParameter: '{##Click Here##}',
        usernameParameter: isInvitation ? NAME : null,
        ...(clientMetadata && { clientMetadata }),
      },
      response: { smsMessage: null, emailMessage: null, emailSubject: null },
    });
    if (!isObject(custom)) return given;
    const chosen = medium === 'EMAIL' ? custom.emailMessage : custom.smsMessage;
    return {
      ...(medium === 'EMAIL' && {
        subject: typeof custom.emailSubject === 'string' ? custom.emailSubject : given.subject,
      }),
      text: typeof chosen === 'string' && chosen !== '' ? chosen : given.text,
    };
  }
}

/** The cloud itself writes what it would have sent. */
function callFor({ account, region }: PoolRecord) {
  return internalCall({ account, region }, { kind: 'root', account });
}

/** The texts of a pool, or AWS's own ("Configuring verification and invitation messages", developer guide). */
function textsOf(settings: PoolSettings, purpose: MessagePurpose, medium: Delivery['DeliveryMedium']): Texts {
  const { AdminCreateUserConfig, VerificationMessageTemplate: template, SmsAuthenticationMessage } = settings;
  if (purpose === 'AdminCreateUser') {
    const { EmailMessage, EmailSubject, SMSMessage } = AdminCreateUserConfig?.InviteMessageTemplate ?? {};
    const text = `Your username is ${NAME} and temporary password is ${CODE}.`;
    return medium === 'EMAIL'
      ? { subject: EmailSubject ?? 'Your temporary password', text: EmailMessage ?? text }
      : { text: SMSMessage ?? text };
  }
  const verification = `Your verification code is ${CODE}.`;
  if (purpose === 'Authentication') return { text: SmsAuthenticationMessage ?? `Your authentication code is ${CODE}.` };
  if (medium === 'SMS') return { text: template?.SmsMessage ?? settings.SmsVerificationMessage ?? verification };
  const isSignUp = purpose === 'SignUp' || purpose === 'ResendCode';
  if (isSignUp && template?.DefaultEmailOption === 'CONFIRM_WITH_LINK') {
    const text = 'Please click the link below to verify your email address. {##Verify Email##} ';
    return {
      subject: template.EmailSubjectByLink ?? 'Your verification link',
      text: template.EmailMessageByLink ?? text,
    };
  }
  return {
    subject: template?.EmailSubject ?? settings.EmailVerificationSubject ?? 'Your verification code',
    text: template?.EmailMessage ?? settings.EmailVerificationMessage ?? verification,
  };
}

function filled(text: string, username: string, code: string, { id }: PoolRecord, clientId = ''): string {
  return text
    .replaceAll(CODE, code)
    .replaceAll(NAME, username)
    .replace(LINK, (_, label: string) => `${label} (pool ${id}, client ${clientId}, confirmation code ${code})`);
}

/** `a***@e***`, `+*******1234` */
function masked(address: string, medium: Delivery['DeliveryMedium']): string {
  if (medium === 'SMS') return `+${'*'.repeat(7)}${address.slice(-4)}`;
  const [name = '', domain = ''] = address.split('@');
  return `${name.charAt(0)}***@${domain.charAt(0)}***`;
}
