import { references } from './references.js';
import type { Template } from './template.js';
import { validationError } from './template-error.js';

/** Which resources each resource needs before it can be made. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The dependencies among the resources that exist under the conditions, by reference and by DependsOn.
 * @throws AwsError where they go in a circle
 */
export function dependencyGraph(template: Template, condition: (name: string) => boolean): Graph {
  const exists = (logicalId: string): boolean => {
    const declared = template.resources[logicalId];
    return declared !== undefined && (declared.condition === undefined || condition(declared.condition));
  };
  const graph = new Map<string, ReadonlySet<string>>();
  for (const [logicalId, declared] of Object.entries(template.resources)) {
    if (!exists(logicalId)) continue;
    const names = [
      ...Array.from(references(declared.properties, condition), ({ name }) => name),
      ...declared.dependsOn,
    ];
    graph.set(logicalId, new Set(names.filter(exists)));
  }
  refuseCircles(graph);
  return graph;
}

function refuseCircles(graph: Graph): void {
  const circle = findCircle(graph);
  if (circle.length > 0) throw validationError(`Circular dependency between resources: [${circle.join(', ')}]`);
}

/** The resources that are left when all that can be ordered is taken away from both ends; empty where there is no circle. */
export function findCircle(graph: Graph): readonly string[] {
  let left = new Set(graph.keys());
  for (;;) {
    const needed = new Set([...left].flatMap((id) => [...(graph.get(id) ?? [])].filter((other) => left.has(other))));
    const inside = [...left].filter(
      (id) => needed.has(id) && [...(graph.get(id) ?? [])].some((other) => left.has(other)),
    );
    if (inside.length === left.size) return inside;
    left = new Set(inside);
  }
}

/** The same graph with every arrow turned: who must be gone before each can go. */
export function reversed(graph: Graph): Graph {
  const result = new Map<string, Set<string>>([...graph.keys()].map((id) => [id, new Set<string>()]));
  for (const [id, needs] of graph) {
    for (const need of needs) result.get(need)?.add(id);
  }
  return result;
}
