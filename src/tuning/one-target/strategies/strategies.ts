/** The strategies by name; a new one is one file and one line. */
import type { Strategy } from '../../../runs/request.contract.js';
import { aggressive } from './aggressive.js';
import { balanced } from './balanced.js';
import { conservative } from './conservative.js';
import type { RouteOf } from './route.js';

export const ROUTES: Readonly<Record<Strategy, RouteOf>> = { balanced, conservative, aggressive };
