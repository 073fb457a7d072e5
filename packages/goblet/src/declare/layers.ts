import type { Inherited } from './app-runtime.js';
import type { Declaring, Layer, Step } from './declarations.js';

/** Adds a step to an app, router or scope. */
export function addStep({ layer }: Declaring, step: Step): void {
  layer.steps.push(step);
}

const chain = (layer: Layer): Layer[] => (layer.parent ? [...chain(layer.parent), layer] : [layer]);

/** The layers of a declaration, those of its app and mounts first. */
export const layersOf = ({ layer }: { readonly layer: Layer }, { layers }: Inherited) => ({
  layers: [...layers, ...chain(layer)],
});
