/** What an app sees while it is loaded for its inventory, which so depends on source alone. */
export function inventoryEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { ...(PATH === undefined ? {} : { PATH }), ...(HOME === undefined ? {} : { HOME }), GOBLET_INVENTORY: '1' };
}
