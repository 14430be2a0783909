import type { Api } from '../../src/lib/data/api';
import type { Answer, Args, FunctionName } from '../../src/lib/data/functions';
import { ApiError } from '../../src/lib/data/problem';

/** What happens to one request, counted within a run of sending and fetching. */
export const FAULTS = [
	'drop', // before the server sees it
	'lose', // the server did it, the answer never comes
	'abort', // the phone gives up in the middle
	'hold', // under way for a long time
	'hold_answer', // its answer is under way for a long time
	'twice', // delivered twice
	'late', // delivered once more, much later
	'expire', // the token ends here
	'busy', // the server asks to be left alone
	'part', // an answer without some of its verdicts
	'kill', // the tab dies with the answer in its hand
	'full', // no room for the answer
	'write', // the person writes while the answer comes in
	'pack' // all tabs pack their pages while the answer comes in
] as const;
export type Fault = (typeof FAULTS)[number];

/** What the line touches around it. */
export type Around = {
	/** Stands still until the line moves again. @throws ApiError when it never does */
	hold(): Promise<void>;
	/** Kept to be delivered once more. */
	later(deliver: () => Promise<unknown>): void;
	kill(): void;
	full(): Promise<void> | void;
	write(): Promise<void> | void;
	pack(): void;
	dead(): boolean;
};

/** A line between a phone and the server on which the next requests meet the faults given. */
export class Line implements Api {
	faults = new Map<number, Fault>();
	#api: Api;
	#around: Around;
	#asked = 0;

	constructor(api: Api, around: Around) {
		this.#api = api;
		this.#around = around;
	}

	get person_id(): string {
		return this.#api.person_id;
	}

	/** The next request is the first again. */
	begin(faults: [number, Fault][]): void {
		this.faults = new Map(faults);
		this.#asked = 0;
	}

	async rpc<N extends FunctionName>(name: N, args: Args<N>): Promise<Answer<N>> {
		// Nothing waits for a report, so it would go on when its story is over.
		if (name === 'report') throw new ApiError(0, 'offline');
		const { hold, later, kill, full, write, pack, dead } = this.#around;
		const fault = this.faults.get(this.#asked++);
		const deliver = () => this.#api.rpc(name, structuredClone(args));
		if (dead()) return never();
		if (fault === 'drop') throw new ApiError(0, 'offline');
		if (fault === 'expire') throw new ApiError(401, 'signed_out');
		if (fault === 'busy') throw new ApiError(503, 'busy', 'busy', 30);
		if (fault === 'hold') await hold();
		if (fault === 'twice') await deliver();
		if (fault === 'late') later(deliver);
		const answer = await deliver();
		if (fault === 'lose') throw new ApiError(0, 'offline');
		if (fault === 'abort') throw new ApiError(408, 'offline');
		if (fault === 'hold_answer') await hold();
		if (fault === 'full') await full();
		if (fault === 'write') await write();
		if (fault === 'pack') pack();
		if (fault === 'kill') kill();
		if (dead()) return never();
		return fault === 'part' ? part(answer) : answer;
	}
}

/** A tab that is gone hears of nothing any more. */
function never<T>(): Promise<T> {
	return new Promise(() => {});
}

function part<A>(answer: A): A {
	if (!answer || typeof answer !== 'object' || !('verdicts' in answer)) return answer;
	const { verdicts } = answer as { verdicts: unknown[] };
	return { ...answer, verdicts: verdicts.slice(0, Math.ceil(verdicts.length / 2)) };
}
