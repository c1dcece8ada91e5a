/** Cells of CSV files that DuckDB writes and reads: as `csvCell` and `csvCellText` do it. */
import { FORMULA_START } from '../../shared/contract/escaped.terms.js';
import { literal } from './database.js';

/** @param text an expression of type varchar */
export const csvCellSql = (text: string): string =>
  `case when regexp_matches(${text}, ${literal(FORMULA_START)}) then '''' || ${text} else ${text} end`;

/** @param cell an expression of type varchar */
export const csvCellTextSql = (cell: string): string =>
  `case when starts_with(${cell}, '''') and regexp_matches(${cell}[2:], ${literal(FORMULA_START)})
    then ${cell}[2:] else ${cell} end`;
