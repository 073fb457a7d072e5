import { dependencyGraph } from '../template/graph.js';
import { parseTemplate } from '../template/template.js';
import { shownTemplate } from './get-template-summary.js';
import { Input } from './input.js';
import { checkTemplate } from './read-definition.js';
import { readTemplateText } from './read-template-text.js';
import { cloudFormationOperation } from './state.js';

export const validateTemplate = cloudFormationOperation({
  name: 'ValidateTemplate',
  parse: (raw) => ({ input: new Input(raw) }),
  access: () => [{ action: 'cloudformation:ValidateTemplate', resource: '*' }],
  handle: async ({ input }, call, state) => {
    const text = await readTemplateText(input, undefined, call, state);
    const template = parseTemplate(text);
    checkTemplate(template, state);
    dependencyGraph(template, () => true);
    return shownTemplate(text, template);
  },
});
