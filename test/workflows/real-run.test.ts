/** The whole product but for the command line: embedded server, worker, real simulations of the sample company. */
import { readFile } from 'node:fs/promises';
