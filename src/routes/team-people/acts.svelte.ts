import type { Answer, Args, FunctionName } from '$lib/data/functions';
import type { JoinProblem } from '$lib/data/join';
import { ApiError } from '$lib/data/problem';
import { peopleProblemText } from '$lib/i18n/people_problems';

/** How a desk or a phone asks its server. */
export type Rpc = <N extends FunctionName>(name: N, args: Args<N>) => Promise<Answer<N>>;

/** What an answer is when nothing stood in the way. */
type Done<N extends FunctionName> = Exclude<Answer<N>, { problem: object }>;

/**
 * One act on people at a time: whether it is under way, what stood in its way, and, when a password is
 * asked for first, the act that waits for it.
 */
export class Acts {
	#rpc: Rpc;
	#busy = $state(false);
	#problem = $state.raw<JoinProblem | null>(null);
	#again = $state.raw<(() => void) | null>(null);

	constructor(rpc: Rpc) {
		this.#rpc = rpc;
	}

	get busy() {
		return this.#busy;
	}

	get problem() {
		return this.#problem;
	}

	/** Does the waiting act, once the password was given; null while none waits. */
	get again() {
		return this.#again;
	}

	/** The sentence for what is wrong with a field, or (null) with the act as a whole. */
	about(field: string | null, fields: string[] = []): string | undefined {
		const problem = this.#problem;
		if (!problem || problem.code === 'sign_in_again') return undefined;
		const its = problem.field && fields.includes(problem.field) ? problem.field : null;
		return its === field ? peopleProblemText(problem) : undefined;
	}

	forget() {
		this.#problem = null;
		this.#again = null;
	}

	/** Resolves when it was tried; `done` hears of it only when it was done, and may begin the next act. */
	async run<N extends FunctionName>(
		name: N,
		args: Args<N>,
		done: (answer: Done<N>) => void | Promise<void>
	): Promise<void> {
		if (this.#busy) return;
		this.forget();
		this.#busy = true;
		const answer = await this.#answer(name, args);
		this.#busy = false;
		if (answer) await done(answer);
		else if (this.#problem?.code === 'sign_in_again')
			this.#again = () => {
				this.forget();
				void this.run(name, args, done);
			};
	}

	/** What was done; null when something stood in its way, which is kept. */
	async #answer<N extends FunctionName>(name: N, args: Args<N>): Promise<Done<N> | null> {
		try {
			const answer = await this.#rpc(name, args);
			this.#problem = (answer as { problem?: JoinProblem }).problem ?? null;
			return this.#problem ? null : (answer as Done<N>);
		} catch (error) {
			this.#problem = { code: error instanceof ApiError ? error.code : 'busy', field: null };
			return null;
		}
	}
}
