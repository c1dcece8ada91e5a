/** Request and response of the impact analysis; the figures are those of `impact --json`. */
import { z } from 'zod';
import { impactReport, impactRequest } from '../../impact/impact.contract.js';
import { FINGERPRINT_64 } from '../common.contract.js';

export const impactQuestion = z
  .strictObject({
    ...impactRequest.omit({ census: true, levers: true, proposed: true, requested_by: true }).shape,
    census: FINGERPRINT_64.optional().describe('An uploaded census; default: the sample company.'),
    lever_set: FINGERPRINT_64.optional().describe("The base; default: the scenario's current set."),
    proposed: FINGERPRINT_64.optional().describe(
      'A stored set to compare with; `assignments` go on top of it.',
    ),
  })
  .meta({ id: 'ImpactQuestion' });

export const impactAnswer = impactReport.meta({ id: 'ImpactReport' });
