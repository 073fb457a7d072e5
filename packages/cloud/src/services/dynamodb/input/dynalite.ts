/// <reference path="./dynalite-modules.d.ts" />
/** The one place where dynalite comes in. */
export { default as conditionParser } from 'dynalite/db/conditionParser.js';
export { default as db } from 'dynalite/db/index.js';
export { default as projectionParser } from 'dynalite/db/projectionParser.js';
export { default as updateParser } from 'dynalite/db/updateParser.js';
export { default as batchGetItemRules } from 'dynalite/validations/batchGetItem.js';
export { default as batchWriteItemRules } from 'dynalite/validations/batchWriteItem.js';
export { default as createTableRules } from 'dynalite/validations/createTable.js';
export { default as deleteItemRules } from 'dynalite/validations/deleteItem.js';
export { default as deleteTableRules } from 'dynalite/validations/deleteTable.js';
export { default as describeTableRules } from 'dynalite/validations/describeTable.js';
export { default as describeTimeToLiveRules } from 'dynalite/validations/describeTimeToLive.js';
export { default as getItemRules } from 'dynalite/validations/getItem.js';
export { default as validations } from 'dynalite/validations/index.js';
export { default as listTablesRules } from 'dynalite/validations/listTables.js';
export { default as putItemRules } from 'dynalite/validations/putItem.js';
export { default as queryRules } from 'dynalite/validations/query.js';
export { default as scanRules } from 'dynalite/validations/scan.js';
export { default as updateItemRules } from 'dynalite/validations/updateItem.js';
