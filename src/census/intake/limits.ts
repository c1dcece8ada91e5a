/** What a census may take once it is unpacked; that much text is about five million people. */
export const MOST_BYTES = 512 * 1024 * 1024;
export const MOST_ROWS = 5_000_000;
