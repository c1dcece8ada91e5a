/** What is said of a simulation beside its figures. */
import type { Logger } from '../../shared/log.js';
import type { TrialInputs } from './trial-inputs.js';

/** Begins with what became of its inputs; whatever is told is in the log as well. */
export function notesOf({ notes: [...notes] }: Pick<TrialInputs, 'notes'>, logger: Logger) {
  for (const note of notes) logger.warn(note);
  const tell = (note: string): void => {
    logger.warn(note);
    notes.push(note);
  };
  return { notes, tell };
}
