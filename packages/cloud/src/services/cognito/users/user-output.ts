import type { UserRecord } from './user-record.js';

export interface AttributeOutput {
  readonly Name: string;
  readonly Value: string;
}

/** The attributes as a list, the id first, as AWS lists them. */
export function attributeList(
  { sub, attributes }: UserRecord,
  isShown: (name: string) => boolean = () => true,
): AttributeOutput[] {
  return Object.entries({ sub, ...attributes })
    .filter(([name]) => isShown(name))
    .map(([Name, Value]) => ({ Name, Value }));
}

export function fromAttributeList(
  list: readonly { readonly Name: string; readonly Value?: string | undefined }[] = [],
): Readonly<Record<string, string>> {
  return Object.fromEntries(list.map(({ Name, Value = '' }) => [Name, Value]));
}

/** A user as lists show it. */
export function userOutput(user: UserRecord, isShown?: (name: string) => boolean) {
  return {
    Username: user.username,
    Attributes: attributeList(user, isShown),
    UserCreateDate: new Date(user.created),
    UserLastModifiedDate: new Date(user.modified),
    Enabled: user.enabled,
    UserStatus: user.status,
  };
}
