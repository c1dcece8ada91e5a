/** The workflows as one script: built once with the product, or on the fly when the sources run. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, bundleWorkflowCode, type WorkflowBundleOption } from '@temporalio/worker';

const here = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** The prebuilt bundle beside the compiled product; otherwise bundles the sources, which takes seconds. */
export async function loadWorkflowBundle(): Promise<WorkflowBundleOption> {
  const prebuilt = here('../workflow-bundle.js');
  return existsSync(prebuilt) ? { codePath: prebuilt } : bundleWorkflows();
}

function bundleWorkflows(): Promise<{ code: string }> {
  const compiled = here('../workflows/index.js');
  return bundleWorkflowCode({
    workflowsPath: existsSync(compiled) ? compiled : here('../workflows/index.ts'),
    logger: new DefaultLogger('WARN'),
  });
}
