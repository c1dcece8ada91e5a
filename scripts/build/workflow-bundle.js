/** Bundles the workflows once, so that no worker spends seconds on it at its start. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { lastLines } from '../command.js';
import { ScriptProblem } from '../problem.js';
import { fingerprint, writeStamp } from '../set-up/stamp.js';
import { moduleFiles } from './module-files.js';

/**
 * @param {string} root the project's folder
 * @param {string | null} previous fingerprint of the bundle in dist/, if there is one
 * @param {(message: string) => void} say
 * @returns {Promise<string | null>} fingerprint of the bundle; null where there are no workflows
 */
export async function bundleWorkflows(root, previous, say) {
  const dist = path.join(root, 'dist');
  const entry = path.join(dist, 'workflows', 'index.js');
  const bundle = path.join(dist, 'workflow-bundle.js');
  if (!existsSync(entry)) {
    say('no src/workflows/index.ts: the workflow bundle is left out');
    return null;
  }
  const inputs = fingerprint([path.join(root, 'package-lock.json'), ...moduleFiles(entry)]);
  if (inputs === previous && existsSync(bundle)) return inputs;

  say('bundling the workflows');
  /** @type {string[]} */
  const log = [];
  // Resolved from the project's folder, so that a build in another folder uses the packages there.
  const workerPackage = createRequire(path.join(root, 'package.json')).resolve('@temporalio/worker');
  /** @type {typeof import('@temporalio/worker')} */
  const { bundleWorkflowCode, DefaultLogger } = (await import(pathToFileURL(workerPackage).href)).default;
  try {
    const { code } = await bundleWorkflowCode({
      workflowsPath: entry,
      logger: new DefaultLogger('INFO', ({ message }) => log.push(message)),
    });
    writeStamp(bundle, code);
  } catch (error) {
    throw new ScriptProblem(`the workflows cannot be bundled:\n${lastLines(log.join('\n'), 30)}`, {
      hint: 'Workflow code may import only @temporalio/workflow, @temporalio/common and modules without Node.js parts.',
      cause: error,
    });
  }
  return inputs;
}
