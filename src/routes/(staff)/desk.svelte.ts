import { connect, type Api } from '$lib/data/api';
import type { Answer, Args, FunctionName } from '$lib/data/functions';
import { endSession, fetchSession } from '$lib/data/session';
import { entriesOf, type Catalogue } from '$lib/domain/catalogue';
import type { Me } from '$lib/domain/me';
import { getLocale } from '$lib/i18n/paraglide/runtime';
import { troubleOf, within, type Trouble } from './trouble';

type DeskState = 'opening' | 'ready' | Trouble;

/**
 * Who works here, and the way to the figures. It lives as long as the tab: the last answer to each
 * question is kept in memory only, so that nothing is left on a shared computer.
 */
class Desk {
	#state = $state<DeskState>('opening');
	#me = $state.raw<Me | null>(null);
	#catalogue = $state.raw<Catalogue | null>(null);
	#api: Api | null = null;
	#answers = new Map<string, unknown>();

	get state() {
		return this.#state;
	}

	get me() {
		return this.#me;
	}

	/** Finds out who is signed in and what the city calls its services. */
	async open() {
		if (this.#state === 'ready') return;
		this.#state = 'opening';
		try {
			const api = connect(await within(fetchSession()));
			[this.#me, this.#catalogue] = await within(
				Promise.all([api.rpc('me', {}), api.rpc('catalogue', {})])
			);
			this.#api = api;
			this.#state = 'ready';
		} catch (error) {
			this.#state = troubleOf(error);
		}
	}

	/** Asks the server, and remembers the answer. Rejects as `Api.rpc` does. */
	async ask<N extends FunctionName>(name: N, args: Args<N>) {
		if (!this.#api) throw new Error('nothing can be asked before the desk is open');
		try {
			const answer = await within(this.#api.rpc(name, args));
			this.#answers.set(keyOf(name, args), answer);
			return answer;
		} catch (error) {
			if (troubleOf(error) === 'signed_out') this.#leave();
			throw error;
		}
	}

	/** The last answer to the same question, if there was one. */
	lastAnswer<N extends FunctionName>(name: N, args: Args<N>) {
		// Only `ask` fills the map, and it does so under the question's own name.
		return this.#answers.get(keyOf(name, args)) as Answer<N> | undefined;
	}

	/** The codes of the city's services, in its order. */
	get services(): string[] {
		return entriesOf(this.#catalogue, 'service').map((entry) => entry.code);
	}

	/** The city's word for a service; the code itself when the catalogue does not know it. */
	serviceName(code: string): string {
		const entry = entriesOf(this.#catalogue, 'service').find((one) => one.code === code);
		return entry ? entry[getLocale()] : code;
	}

	async signOut() {
		await within(endSession());
		this.#leave();
	}

	#leave() {
		this.#me = null;
		this.#api = null;
		this.#answers.clear();
		this.#state = 'signed_out';
	}
}

function keyOf(name: FunctionName, args: object) {
	return `${name} ${JSON.stringify(args)}`;
}

export const desk = new Desk();
