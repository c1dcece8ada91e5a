/** A number that opens its definition, its SQL and the rows behind it. */
import type { ResultsChoice } from './search.js';

export interface NumberLinkProps {
  readonly choice: ResultsChoice;
  /** Key in `/api/definitions`. */
  readonly figure: string;
  readonly text: string;
  readonly year?: number;
  /** Which events stand behind it; else its rows are those of the snapshot. */
  readonly category?: string;
  /** Detailed status, where it is of one alone. */
  readonly status?: string;
}

export function NumberLink({ choice, figure, text, year, category, status }: NumberLinkProps) {
  const name = [figure, year ?? '', category ?? '', status ?? ''].join('/');
  return (
    <button
      type="button"
      className="number-link"
      title="Definition, SQL and rows"
      onClick={() => choice.choose({ number: name })}
    >
      {text}
    </button>
  );
}

export interface NamedNumber {
  readonly figure: string;
  readonly year?: number;
  readonly category?: string;
  readonly status?: string;
}

export function readNumber(name: string): NamedNumber {
  const [figure = '', year = '', category = '', status = ''] = name.split('/');
  return {
    figure,
    ...(year === '' ? {} : { year: Number(year) }),
    ...(category === '' ? {} : { category }),
    ...(status === '' ? {} : { status }),
  };
}
