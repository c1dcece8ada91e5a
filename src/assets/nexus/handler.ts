/** Serves the Nexus service: each call becomes a run of `materializeAssets`, refused before it starts where it is not sound. */
import { getClient, startWorkflow, WorkflowRunOperationHandler } from '@temporalio/nexus';
import * as nexus from 'nexus-rpc';
import { z } from 'zod';
import {
  materializationRequest,
  type MaterializationRequestInput,
  type MaterializationResult,
} from '../materialization.contract.js';
import { optimizationRequest } from '../../runs/request.contract.js';
import { brokenRule } from '../../shared/contract/rule.contract.js';
import { materializeWorkflowId, runIdOf } from '../../runs/run-id.terms.js';
import { failure, MeritloopError } from '../../shared/errors/errors.js';
import { refuseOtherInput, type Asked } from '../../temporal/start-or-join.js';
import { askedMaterialization } from '../asked-materialization.client.js';
import { meritloopService, type MaterializeAssetInput } from './service.js';

const materializeAssetInput = materializationRequest
  .pick({ partitions: true, force: true, id: true, config: true })
  .extend({ asset: z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_./-]*$/, 'must be the key of an asset') });
const config = optimizationRequest.omit({ id: true });

type MaterializeAssets = (request: MaterializationRequestInput) => Promise<MaterializationResult>;

export const createNexusService = () =>
  nexus.serviceHandler(meritloopService, {
    materializeAsset: new WorkflowRunOperationHandler<MaterializeAssetInput, MaterializationResult>(
      async (context, input) => {
        const { asset, id, ...request } = checked(input);
        // A retried call has the same id: it meets the run that it started.
        const run = id ?? runIdOf(`nexus-${context.requestId}`);
        const asked = { ...request, select: `key:"${asset}"` };
        const workflowId = materializeWorkflowId(run);
        const started = await startWorkflow<MaterializeAssets>(context, 'materializeAssets', {
          workflowId,
          workflowIdConflictPolicy: 'USE_EXISTING',
          args: [asked],
        });
        await refuseOtherRun(workflowId, askedMaterialization(run, asked));
        return started;
      },
    ),
  });

/** An open run of that id is met; not one that was asked for something else. @throws HandlerError BAD_REQUEST */
async function refuseOtherRun(workflowId: string, asked: Asked): Promise<void> {
  try {
    await refuseOtherInput(getClient(), asked, { workflowId });
  } catch (error) {
    if (!(error instanceof MeritloopError)) throw error;
    throw new nexus.HandlerError('BAD_REQUEST', textOf(error), { cause: error });
  }
}

/** As it was given; defaults are the workflow's. @throws HandlerError BAD_REQUEST, which is not retried */
function checked(input: MaterializeAssetInput): MaterializeAssetInput {
  check('operation materializeAsset', materializeAssetInput, input);
  check('config', config, input.config ?? {});
  return input;
}

function check(source: string, schema: z.ZodObject, value: unknown): void {
  const parsed = schema.safeParse(value);
  if (parsed.success) return;
  const refused = failure('REQUEST_INVALID', { source, ...brokenRule(schema, parsed.error, value) });
  throw new nexus.HandlerError('BAD_REQUEST', textOf(refused), { cause: refused });
}

const textOf = ({ code, message, hint }: MeritloopError): string => `${code}: ${message}. ${hint}`;
