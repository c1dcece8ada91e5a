/** Names and types of the search attributes, usable inside the workflow bundle. */
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

export const SEARCH_ATTRIBUTES = {
  MeritloopScenario: 'Keyword',
  MeritloopStatus: 'Keyword',
  AssetKey: 'Keyword',
  MeritloopTarget: 'Double',
} as const;

export const scenarioKey = defineSearchAttributeKey('MeritloopScenario', SearchAttributeType.KEYWORD);
export const statusKey = defineSearchAttributeKey('MeritloopStatus', SearchAttributeType.KEYWORD);
export const assetKey = defineSearchAttributeKey('AssetKey', SearchAttributeType.KEYWORD);
/** Percent. */
export const targetKey = defineSearchAttributeKey('MeritloopTarget', SearchAttributeType.DOUBLE);
