/** The number of random cases that a property is tried with: all in the slow tier, a fifth of them by default. */
export const propertyRuns = (all: number): number => (process.env.GOBLET_TESTS === 'full' ? all : Math.ceil(all / 5));
