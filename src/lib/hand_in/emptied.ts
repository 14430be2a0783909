/** The note that tells whoever opens the phone next that it was emptied, and how much it had handed in. */
export const EMPTIED = 'tung-nha.emptied';
