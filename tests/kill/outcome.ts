/** How much was said to be kept, and how much of it was gone after the kills. */
export type Outcome = { acknowledged: number; lost: number };
