import { anything } from '../../../core/access.js';
import { checkTemplate } from '../template/check-template.js';
import { dependencyGraph } from '../template/graph.js';
import { parseTemplate } from '../template/template.js';
import { templateUrlKey } from './access.js';
import { shownTemplate } from './get-template-summary.js';
import { cloudFormationOperation } from './state.js';
import { parseTemplateSource, readTemplateText } from './template-source.js';

export const validateTemplate = cloudFormationOperation({
  name: 'ValidateTemplate',
  parse: (input) => ({ template: parseTemplateSource(input) }),
  access: (row) => [
    row({
      action: 'cloudformation:ValidateTemplate',
      on: anything,
      keys: templateUrlKey,
    }),
  ],
  handle: async ({ template: source }, call, state) => {
    const text = await readTemplateText(source, undefined, call, state);
    const template = parseTemplate(text);
    checkTemplate(template, state.resourceTypes);
    dependencyGraph(template, () => true);
    return shownTemplate(text, template);
  },
});
