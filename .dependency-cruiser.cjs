/**
 * Which part of the product may know which other. Rules on src/ count imports of types too; rules on dist/, where types
 * are gone, count what is loaded at run time.
 */

const OUTER = 'workflows|activities|temporal|server|cli|client\\.ts|worker\\.ts';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: { path: '^src/' }, to: { couldNotResolve: true } },
    {
      name: 'declared-packages',
      comment: 'The product may import only what package.json lists under dependencies.',
      severity: 'error',
      from: { path: '^dist/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'product-stands-alone',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts|dist)/' },
    },
    {
      name: 'contract-knows-zod-only',
      severity: 'error',
      from: { path: '^src/contract/' },
      to: { pathNot: '^(src/contract/|node_modules/zod/)' },
    },
    {
      name: 'pure-code-stays-pure',
      comment:
        'Tuning, graph and grid load the contract, the error table and their own folder; the port gives tuning types only.',
      severity: 'error',
      from: { path: '^src/(tuning|graph|grid)/' },
      to: {
        pathNot: ['^src/contract/', '^src/errors(\\.ts$|/)', '^src/$1/', '^src/simulation/simulator\\.ts$'],
      },
    },
    {
      name: 'pure-code-loads-no-simulation',
      severity: 'error',
      from: { path: '^dist/(tuning|graph|grid)/' },
      to: { path: '^dist/simulation/' },
    },
    {
      name: 'graph-knows-no-compensation',
      severity: 'error',
      from: { path: '^src/graph/' },
      to: { path: '^src/contract/(lever|parameters|optimization|request)\\.ts$' },
    },
    {
      name: 'inner-layers-know-no-outer',
      comment: 'What simulates and stores runs without Temporal, a server or a command line.',
      severity: 'error',
      from: { path: '^src/(simulation|impact|levers|files|census|catalog|assets)/' },
      to: { path: [`^src/(${OUTER})`, '^node_modules/@temporalio/'] },
    },
    {
      name: 'product-knows-no-page',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^web/' },
    },
    {
      name: 'nothing-imports-the-command-line',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'workflows-load-little',
      comment: 'At run time a workflow has the Temporal sandbox, its own folder and pure modules.',
      severity: 'error',
      from: { path: '^dist/workflows/' },
      to: {
        pathNot: [
          '^dist/(workflows|tuning|grid|contract)/',
          '^dist/shared/errors/errors(\\.js$|/)',
          '^dist/temporal/(failures|search-attribute-keys)\\.js$',
          '^node_modules/@temporalio/(workflow|common)/',
        ],
      },
    },
    {
      name: 'workflow-bundle-without-zod-or-node',
      comment: 'The bundle stays small and deterministic.',
      severity: 'error',
      from: { path: '^dist/workflows/' },
      to: {
        reachable: true,
        path: ['^node_modules/zod/', '^node_modules/@duckdb/', '^(fs|path|os|crypto|net)(/|$)'],
      },
    },
    {
      name: 'activities-start-nothing',
      comment: 'An activity is a thin shell over plain modules.',
      severity: 'error',
      from: { path: '^dist/activities/' },
      to: { path: '^dist/(workflows|cli|server)/' },
    },
  ],
  options: {
    // TypeScript 7 has no parser interface; swc reads the sources instead and sees imports of types as imports.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    // The bundled page is no module of the product.
    exclude: { path: ['^dist/.*\\.d\\.ts$', '^dist/web/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.js'],
    },
  },
};
