/** Failures of companies: unknown, taken or moved meanwhile. */
import { badInput, conflict, environment, notFound, type ErrorEntry } from './entry.js';

export const COMPANY_ERRORS = {
  COMPANY_UNKNOWN: notFound(
    ({ company, known }: { company: string; known: readonly string[] }) =>
      `no company ${company} (known: ${known.join(', ')})`,
    () => 'See `meritloop company list`, or make it with `meritloop company add FILE --name NAME`.',
  ),
  COMPANY_VERSION_UNKNOWN: notFound(
    ({ company, version, latest }: { company: string; version: string; latest: number }) =>
      `company ${company} has no version ${version} (versions 1 to ${latest})`,
    () => 'See `meritloop company history`.',
  ),
  COMPANY_MOVED: conflict(
    ({
      company,
      expected,
      found,
    }: {
      company: string;
      expected: number;
      found: number;
      by: string;
      at: string;
      reason: string;
    }) => `company ${company} is at version ${found}, not ${expected}: somebody changed it meanwhile`,
    ({ by, at, reason }) =>
      `${by} did at ${at} (${reason}). Look at it with \`meritloop company show\`, then ask again.`,
  ),
  COMPANY_FIXED: conflict(
    ({ company, action }: { company: string; action: string }) =>
      `company ${company} cannot be changed by ${action}: its settings are the product's own`,
    () => 'Add a company of your own: `meritloop company add FILE --name NAME`.',
  ),
  COMPANY_BUSY: conflict(
    ({ company, runs }: { company: string; runs: readonly string[] }) =>
      `company ${company} has runs at work: ${runs.join(', ')}`,
    () => 'Wait for their end, or cancel them with `meritloop runs cancel`.',
  ),
  UPLOAD_UNKNOWN: notFound(
    ({ file }: { file: string }) => `no uploaded file ${file}`,
    () => 'Send it again with PUT /api/company-files: files are kept for a day.',
  ),
  NAMESPACE_REFUSED: environment(
    ({ namespace, detail }: { namespace: string; address: string; detail: string }) =>
      `the Temporal namespace ${namespace} is not there and could not be made: ${detail}`,
    ({ namespace, address }) =>
      `Have it made: \`temporal operator namespace create --namespace ${namespace} --address ${address}\`.`,
  ),
  SETTING_INVALID: badInput(
    ({ source, setting, value, rule }: { source: string; setting: string; value: string; rule: string }) =>
      `${source}: ${setting} = ${value} ${rule}`,
    () => 'See `meritloop company show --settings` for every setting with its unit and range.',
  ),
} satisfies Record<string, ErrorEntry<never>>;
