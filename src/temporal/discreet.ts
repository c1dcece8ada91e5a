/** An activity's inputs without what its history must not hold. */
import { failure, MeritloopError } from '../shared/errors/errors.js';
import type { ActivityDependencies } from '../ports.js';

/** Keeps the values of census rows out of histories and logs; line, field and rule still say where to look. */
export const discreet = (dependencies: ActivityDependencies): ActivityDependencies => ({
  ...dependencies,
  importCensus: (...input) =>
    dependencies.importCensus(...input).catch((error: unknown) => {
      throw error instanceof MeritloopError && error.code === 'ROW_INVALID' ? withoutValue(error) : error;
    }),
});

function withoutValue({ fields }: MeritloopError): MeritloopError {
  const { source, line, field, rule, unit, more } = fields;
  return failure('ROW_INVALID', {
    source: String(source),
    line: Number(line),
    field: String(field),
    value: '(not shown: see `meritloop census validate`)',
    rule: String(rule),
    unit: unit === 'row' ? 'row' : 'line',
    more: Number(more ?? 0),
  });
}
