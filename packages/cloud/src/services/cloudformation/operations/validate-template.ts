import { anything } from '../../../core/access.js';
import { checkTemplate } from '../template/check-template.js';
import { dependencyGraph } from '../template/graph.js';
import { parseTemplate } from '../template/template.js';
import { shownTemplate } from './get-template-summary.js';
import { readTemplateText } from './read-template-text.js';
import { cloudFormationOperation } from './state.js';

export const validateTemplate = cloudFormationOperation({
  name: 'ValidateTemplate',
  parse: (input) => ({ input }),
  access: (row) => [
    row({
      action: 'cloudformation:ValidateTemplate',
      on: anything,
      keys: { 'cloudformation:TemplateUrl': ({ input: { input } }) => input.TemplateURL },
    }),
  ],
  handle: async ({ input }, call, state) => {
    const text = await readTemplateText(input, undefined, call, state);
    const template = parseTemplate(text);
    checkTemplate(template, state.resourceTypes);
    dependencyGraph(template, () => true);
    return shownTemplate(text, template);
  },
});
