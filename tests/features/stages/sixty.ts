import { App } from 'goblet';

export const app = new App('sixty');
for (let n = 0; n < 60; n += 1)
  app.get(`/routes/${n}/items/{item}` as '/{item}', ({ params }) => `${n} ${params.item}`);
