/** Where clients connect, of a stage's address: `wss://…/stage`, without a slash at the end, as API Gateway gives it. */
export const webSocketUrl = (address: string): string => address.replace(/^http/, 'ws').replace(/\/$/, '');
