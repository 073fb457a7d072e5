/** The URL for clients of a stage: `wss://…/stage`, without a trailing slash, as API Gateway gives it. */
export const webSocketUrl = (address: string): string => address.replace(/^http/, 'ws').replace(/\/$/, '');
