import { coded } from './catalogue.js';

export const GOBLET_CREATE_FOLDER =
  'The folder of the new project is a file, or is not empty. Nothing is overwritten: name another folder.';

export const isFile = (folder: string) => coded('GOBLET_CREATE_FOLDER', `${folder} is a file; name another folder`);

/** @param first one of the files in it */
export const notEmpty = (folder: string, first: string | undefined) =>
  coded('GOBLET_CREATE_FOLDER', `${folder} is not empty (${first}); name another folder, or empty it`);

export const GOBLET_CREATE_NAME =
  'npm does not accept the name of the folder as the name of a package. Use lower-case letters, digits and dashes, and start with a letter.';

export const invalidName = (name: string) =>
  coded(
    'GOBLET_CREATE_NAME',
    `${name} is not a valid package name; use lower-case letters, digits and dashes, and start with a letter`,
  );

export const GOBLET_CREATE_USAGE = 'The command got an unknown option, or not exactly one folder.';

export const refusedArguments = (reason: string) =>
  coded('GOBLET_CREATE_USAGE', `${reason}; as in: npm create goblet orders`);
