/** An exact text of ours, and what a mistake would put in its place. */
export type Edit = { file: string; from: string; to: string };

/** A mistake that the simulation must find. */
export type Mutant = Edit & { name: string; also?: Edit };
