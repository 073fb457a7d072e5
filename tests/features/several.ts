// The CDK app of the features that the command line names.
for (const feature of process.argv.slice(2)) await import(`./${feature}/infra.js`);
