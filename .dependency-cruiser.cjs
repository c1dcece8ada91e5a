/**
 * Which part of the product may know which other. Rules on src/ count imports of types too; rules on dist/, where types
 * are gone, count what is loaded at run time.
 */

/** Subjects: whatever stands in one and has no layer in its name works without Temporal, a server or a command line. */
const ROOMS = 'levers|targets|runs|grids|impact|census|retention|schedules|assets|simulation|tuning|shared';
/** Layers that a file's name tells. */
const RIM = '\\.(workflow|activities|client)\\.ts$';
const OUTER = '^src/(workflows|activities|client|temporal|server|cli)/|^src/(client|worker)\\.ts$';
/** State in, decision out: whole folders, and files elsewhere that are named so. */
const PURE = '(tuning|assets/graph)/|.+\\.pure\\.';
const ERRORS = 'shared/errors/';

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
      from: { path: '\\.contract\\.ts$' },
      to: { pathNot: '\\.(contract|terms)\\.ts$|^node_modules/zod/' },
    },
    {
      name: 'terms-know-terms-only',
      comment: 'Words and figures that the page and the workflows load: free of zod and of everything else.',
      severity: 'error',
      from: { path: '\\.terms\\.ts$' },
      to: { pathNot: '\\.terms\\.ts$' },
    },
    {
      name: 'pure-code-stays-pure',
      comment:
        'Tuning, graph and what is named pure load contracts, the error table and each other; the port gives tuning types only.',
      severity: 'error',
      from: { path: `^src/(${PURE})`, pathNot: '\\.(contract|terms)\\.ts$' },
      to: {
        pathNot: [
          '\\.(contract|terms|pure)\\.ts$',
          `^src/${ERRORS}`,
          '^src/(tuning|assets/graph)/',
          '^src/simulation/simulator\\.ts$',
        ],
      },
    },
    {
      name: 'pure-rooms-stay-apart',
      severity: 'error',
      from: { path: '^src/(tuning|assets/graph)/' },
      to: { path: '^src/(tuning|assets/graph)/', pathNot: '^src/$1/' },
    },
    {
      name: 'pure-code-loads-no-simulation',
      severity: 'error',
      from: { path: `^dist/(${PURE})` },
      to: { path: '^dist/simulation/', pathNot: '\\.(contract|terms)\\.js$' },
    },
    {
      name: 'graph-knows-no-compensation',
      severity: 'error',
      from: { path: '^src/assets/graph/' },
      to: { path: '^src/(levers|runs|targets|simulation|grids|impact|census)/' },
    },
    {
      name: 'rooms-know-no-rim',
      comment: 'What simulates, decides and stores runs without Temporal, a server or a command line.',
      severity: 'error',
      from: { path: `^src/(${ROOMS})/`, pathNot: [RIM, '^src/assets/nexus/'] },
      to: { path: [OUTER, RIM, '^node_modules/@temporalio/'] },
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
      comment:
        'At run time a workflow has the Temporal sandbox, other workflow files, pure modules and terms.',
      severity: 'error',
      from: { path: '\\.workflow\\.js$|^dist/workflows/' },
      to: {
        pathNot: [
          '\\.(workflow|terms|pure|contract)\\.js$',
          '^dist/tuning/',
          `^dist/${ERRORS}`,
          '^dist/temporal/(failures|search-attribute-keys)\\.js$',
          '^node_modules/@temporalio/(workflow|common)/',
        ],
      },
    },
    {
      name: 'workflow-bundle-without-zod-or-node',
      comment: 'The bundle stays small and deterministic.',
      severity: 'error',
      from: { path: '\\.workflow\\.js$|^dist/workflows/' },
      to: {
        reachable: true,
        path: ['^node_modules/zod/', '^node_modules/@duckdb/', '^(fs|path|os|crypto|net)(/|$)'],
      },
    },
    {
      name: 'activities-start-nothing',
      comment: 'An activity is a thin shell over plain modules.',
      severity: 'error',
      from: { path: '\\.activities\\.js$|^dist/activities/' },
      to: { path: '\\.workflow\\.js$|^dist/(workflows|cli|server)/' },
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
