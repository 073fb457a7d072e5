/** The environment of an app while it loads for its inventory, which therefore depends on the source alone. */
export function inventoryEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { ...(PATH === undefined ? {} : { PATH }), ...(HOME === undefined ? {} : { HOME }), GOBLET_INVENTORY: '1' };
}
