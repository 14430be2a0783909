import { connect, type Api } from '$lib/data/api';
import type { Answer, Args, FunctionName } from '$lib/data/functions';
import { endSession, fetchSession } from '$lib/data/session';
import { entriesOf, type Catalogue, type CatalogueList } from '$lib/domain/catalogue';
import type { Me } from '$lib/domain/me';
import { getLocale } from '$lib/i18n/paraglide/runtime';
import { offDisk, onDisk } from './half-typed';
import { troubleOf, within, type Trouble } from './trouble';

type DeskState = 'opening' | 'ready' | Trouble;

/**
 * Who works here, and the way to the figures. The last answer to each question is kept in memory
 * only, and no longer than the staff pages are open: nothing is left on a shared computer.
 */
class Desk {
	#state = $state<DeskState>('opening');
	#me = $state.raw<Me | null>(null);
	#catalogue = $state.raw<Catalogue | null>(null);
	#api: Api | null = null;
	#answers = new Map<string, unknown>();
	/** Which opening is the last one; an earlier one that comes in late is let go. */
	#opening = 0;

	get state() {
		return this.#state;
	}

	get me() {
		return this.#me;
	}

	/** Finds out who is signed in and what the city calls its services. */
	async open() {
		const opening = ++this.#opening;
		this.#state = 'opening';
		try {
			const api = connect(await within(fetchSession()));
			const answers = await within(Promise.all([api.rpc('me', {}), api.rpc('catalogue', {})]));
			if (opening !== this.#opening) return;
			[this.#me, this.#catalogue] = answers;
			this.#api = api;
			this.#state = 'ready';
		} catch (error) {
			if (opening === this.#opening) this.#state = troubleOf(error);
		}
	}

	/** Forgets everything: whoever comes back may be someone else. */
	close() {
		this.#opening += 1;
		this.#leave('opening');
	}

	/** Asks the server, and remembers the answer. Rejects as `Api.rpc` does. */
	async ask<N extends FunctionName>(name: N, args: Args<N>) {
		const api = this.#api;
		if (!api) throw new Error('nothing can be asked before the desk is open');
		try {
			const answer = await within(api.rpc(name, args));
			// An answer that comes after the person has left is nobody's any more.
			if (api === this.#api) this.#answers.set(keyOf(name, args), answer);
			return answer;
		} catch (error) {
			if (api === this.#api && troubleOf(error) === 'signed_out') this.#leave('signed_out');
			throw error;
		}
	}

	/** Does something on the server. What it answers, such as the code of an invitation, is not remembered. */
	async act<N extends FunctionName>(name: N, args: Args<N>) {
		const api = this.#api;
		if (!api) throw new Error('nothing can be done before the desk is open');
		const answer = await within(api.rpc(name, args), 60_000);
		// What the lists said before is no longer so.
		this.#answers.clear();
		return answer;
	}

	/** The last answer to the same question, if there was one. */
	lastAnswer<N extends FunctionName>(name: N, args: Args<N>) {
		// Only `ask` fills the map, and it does so under the question's own name.
		return this.#answers.get(keyOf(name, args)) as Answer<N> | undefined;
	}

	/** The lists of the city as they were when the desk was opened. */
	get catalogue(): Catalogue | null {
		return this.#catalogue;
	}

	/** The codes of the city's services, in its order. */
	get services(): string[] {
		return entriesOf(this.#catalogue, 'service').map((entry) => entry.code);
	}

	/** The city's word for a service; the code itself when the catalogue does not know it. */
	serviceName(code: string): string {
		return this.word('service', code);
	}

	/** The city's word for a code of a list; the code itself when the catalogue does not know it. */
	word(list: CatalogueList, code: string): string {
		const entry = entriesOf(this.#catalogue, list).find((one) => one.code === code);
		return entry ? entry[getLocale()] : code;
	}

	async signOut() {
		await within(endSession());
		if (this.#me) onDisk.clear(this.#me.person_id);
		this.#leave('signed_out');
	}

	#leave(state: DeskState) {
		this.#me = null;
		this.#api = null;
		this.#answers.clear();
		offDisk.clear();
		this.#state = state;
	}
}

function keyOf(name: FunctionName, args: object) {
	return `${name} ${JSON.stringify(args)}`;
}

export const desk = new Desk();
