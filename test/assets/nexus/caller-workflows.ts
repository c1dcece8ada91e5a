/** A workflow of another team, which asks for an asset. */
import { createNexusServiceClient } from '@temporalio/workflow';
import { meritloopService, type MaterializeAssetInput } from '../../../src/assets/nexus/service.js';

export async function askForAsset(endpoint: string, input: MaterializeAssetInput) {
  const client = createNexusServiceClient({ service: meritloopService, endpoint });
  return client.executeOperation('materializeAsset', input, { scheduleToCloseTimeout: '1 minute' });
}
