import type { Answer, Args, FunctionName } from '$lib/data/functions';

/** The way to the server: a volunteer's phone has another one than a desk. */
export type Ask = <N extends FunctionName>(name: N, args: Args<N>) => Promise<Answer<N>>;
