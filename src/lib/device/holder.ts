import type { Api } from '../data/api';
import type { Session } from '../data/session';
import { sessionIdOf } from '../data/session_marks';
import type { Edit } from '../domain/change';
import type { ProblemCode } from '../domain/problems';
import { backoff } from '../sync/backoff';
import type { Clock, Locks } from '../sync/ports';
import { codeOf } from '../sync/status';
import type { Device } from './device';
import { forgetKnownGroups } from './known_groups';
import { later } from './logbook';
import { DeviceError } from './problem';
import { Work } from './work';

/** `ended`: this phone is out of use for its person, and is to be emptied. */
export type HolderState = 'opening' | 'ready' | 'signed_out' | 'failed' | 'ended';

/** Whether the browser promised not to throw the records away when the phone runs full. */
export type Protection = 'protected' | 'not_protected' | 'unknown';

/** What the holder of a phone needs from around it. */
export type Surroundings = {
	open(person_id: string): Promise<Device>;
	fetchSession(): Promise<Session>;
	endSession(): Promise<void>;
	/** Who signed in last on this browser, as far as it knows without asking. */
	lastSignedIn(): string | null;
	connect(who: Session | Pick<Session, 'person_id'>, fetchSession: () => Promise<Session>): Api;
	clock: Clock;
	locks: Locks | null;
	/** Small notes of the browser, shared by all tabs and all persons. */
	notes: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
	/** Finds out about the protection; with `ask`, asks for it. */
	protect(ask: boolean): Promise<Protection>;
	/**
	 * What is to be done after each contact besides sending; answers whether the phone is out of use
	 * for this person, null when nobody knows.
	 */
	attend?(work: Work, device_id: string): Promise<boolean | null>;
	app_version: string;
};

/**
 * The notes: who holds the phone, for whom it is out of use, which phone it is, the last session, the
 * one that was left.
 */
export const PERSON = 'tung-nha.person';
export const ENDED = 'tung-nha.ended';
const DEVICE = 'tung-nha.device';
const SESSION = 'tung-nha.session';
const LEFT = 'tung-nha.left';

/** Nobody waits longer than this for a database without being told. */
const OPENING = 15_000;

/**
 * Who holds the phone: opens that person's records, at once and without a network, and keeps them in
 * step with the server when there is one. When somebody else signs in, their records are opened
 * instead, and what the first had not sent stays in the first one's database.
 */
export class Holder {
	state: HolderState = 'opening';
	/** Why the state is `failed`. */
	problem: ProblemCode | null = null;
	protection: Protection = 'unknown';
	#around: Surroundings;
	#work: Work | null = null;
	#beginning: Promise<void> | null = null;
	#failures = 0;
	#retry: unknown = null;
	#stopped = false;
	#listeners = new Set<() => void>();

	constructor(around: Surroundings) {
		this.#around = around;
	}

	/** The work of the person who holds the phone; null when nobody is known to. */
	get work(): Work | null {
		return this.#work;
	}

	/**
	 * Opens the records of the last person, or finds out who is signed in; then sends and fetches.
	 * Called at the start and whenever there is reason to hope that it works now.
	 */
	async flush(): Promise<void> {
		if (this.#stopped) return;
		if (!this.#work) {
			this.#beginning ??= this.#begin().finally(() => (this.#beginning = null));
			await this.#beginning;
		}
		const work = this.#work;
		if (!work) return;
		await work.flush();
		if (work !== this.#work) return;
		if (work.sync.status().code === 'other_person') return this.#giveOver();
		this.#judge(work);
		void this.#attend(work);
	}

	/** Keeps edits; resolves when they are on the disk. Sending them is not waited for. */
	async save(edits: Edit[], ...mended: string[]): Promise<void> {
		await this.#device().save(edits, ...mended);
		this.#saved();
	}

	/** The same, and lets go of the draft that they were typed in. */
	async saveDraft(key: string, edits: Edit[]): Promise<void> {
		await this.#device().saveDraft(key, edits);
		this.#saved();
	}

	/** Takes records back: discards what the server may have, lets go of what it refused. */
	async undo(...record_ids: string[]): Promise<void> {
		const { undo } = await later();
		await this.save(await undo(this.#device(), record_ids));
	}

	/** Finds out whether the browser keeps the records when the phone runs full; with `ask`, asks for it. */
	async protect(ask: boolean): Promise<void> {
		const device = this.#work?.device;
		this.protection = await this.#around.protect(ask);
		await device?.keepMeta('protection', this.protection);
		this.#tell();
	}

	#saved(): void {
		void this.flush();
		if (this.protection !== 'protected') void this.protect(true);
	}

	/** Another tab noted that somebody else holds the phone now, or nobody. */
	async elsewhere(person_id: string | null): Promise<void> {
		if (person_id === (this.#work?.device.person_id ?? null)) return;
		this.#leave();
		if (person_id) await this.flush();
		else this.#become('signed_out');
	}

	/**
	 * Signs out: what the server has is dropped from the phone, what it does not have is kept for the
	 * next time. Without a network the session is ended on the server once there is one.
	 * @returns whether the server has heard of it
	 */
	async signOut(): Promise<boolean> {
		const { notes, endSession } = this.#around;
		notes.setItem(LEFT, notes.getItem(SESSION) ?? '');
		notes.removeItem(PERSON);
		if (this.#work) forgetKnownGroups(notes, this.#work.device.person_id);
		this.#work?.sync.stop();
		let heard = true;
		try {
			await this.#work?.device.forget();
		} finally {
			this.#leave();
			this.#become('signed_out');
			await endSession().catch(() => (heard = false));
			// Without a network the note stays, and the session is ended first thing when there is one.
			if (heard) notes.removeItem(LEFT);
		}
		return heard;
	}

	/** Stops all that would happen by itself. */
	stop(): void {
		this.#stopped = true;
		this.#listeners.clear();
		this.#leave();
	}

	onchange(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	async #begin(): Promise<void> {
		const { notes, lastSignedIn } = this.#around;
		// Whoever has signed in since must not be shown the records of the person before them, also
		// while no network can tell. A phone that was left opens nobody's without asking.
		const person_id = notes.getItem(PERSON) && (lastSignedIn() ?? notes.getItem(PERSON));
		try {
			await this.#take(person_id ? { person_id } : await this.#session());
		} catch (error) {
			const code = codeOf(error);
			// A phone that was left without a network is not one that never had a logbook.
			const left = code === 'offline' && notes.getItem(LEFT) !== null;
			if (code === 'signed_out' || left) this.#become('signed_out');
			else this.#fail(code);
		}
	}

	/** The session that is open, unless it was left without a network: that one is ended now. */
	async #session(): Promise<Session> {
		const { notes, fetchSession, endSession } = this.#around;
		const session = await fetchSession();
		const left = notes.getItem(LEFT);
		if (left !== null && left === sessionIdOf(session)) {
			await endSession();
			notes.removeItem(LEFT);
			return fetchSession();
		}
		notes.removeItem(LEFT);
		notes.setItem(SESSION, sessionIdOf(session));
		return session;
	}

	/** Opens the records of a person. */
	async #take(who: Session | Pick<Session, 'person_id'>): Promise<void> {
		const { open, connect, clock, locks, notes } = this.#around;
		const late = clock.setTimeout(() => this.#fail('storage_blocked'), OPENING);
		const device = await open(who.person_id).finally(() => clock.clearTimeout(late));
		if (this.#stopped) return device.close();

		const api = connect(who, () => this.#session());
		const work = new Work(device, { api, clock, locks, about: () => this.#about() });
		this.#work = work;
		notes.setItem(PERSON, who.person_id);
		device.onchange(() => this.#tell());
		work.sync.onchange(() => this.#tell());
		this.protection = device.meta<Protection>('protection') ?? 'unknown';
		void this.protect(false);
		this.#judge(work);
	}

	/** Somebody else has signed in on this phone: theirs are the records to show. */
	async #giveOver(): Promise<void> {
		this.#around.notes.removeItem(PERSON);
		this.#leave();
		this.#become('opening');
		await this.flush();
	}

	async #attend(work: Work): Promise<void> {
		const { attend, notes } = this.#around;
		// Without a network, or a place to keep keys in, nobody knows; the next contact asks again.
		const ended = await attend?.(work, this.#about().device_id).catch(() => null);
		if (ended == null || work !== this.#work) return;
		if (ended) notes.setItem(ENDED, work.device.person_id);
		else notes.removeItem(ENDED);
		this.#judge(work);
	}

	/** Ready means: it is known who this is and where they work. A network is not part of it. */
	#judge(work: Work): void {
		if (this.#around.notes.getItem(ENDED) === work.device.person_id) this.#become('ended');
		else if (work.me) {
			this.#failures = 0;
			this.#become('ready');
		} else if (work.problem === 'signed_out') this.#become('signed_out');
		else if (work.problem) this.#fail(work.problem);
		else this.#become('opening');
	}

	#leave(): void {
		this.#around.clock.clearTimeout(this.#retry);
		this.#work?.stop();
		this.#work = null;
	}

	#fail(code: ProblemCode): void {
		const { clock } = this.#around;
		this.#failures += 1;
		clock.clearTimeout(this.#retry);
		this.#retry = clock.setTimeout(
			() => void this.flush(),
			backoff(this.#failures, clock.random(), null)
		);
		this.#become('failed', code);
	}

	#become(state: HolderState, problem: ProblemCode | null = null): void {
		this.state = state;
		this.problem = problem;
		this.#tell();
	}

	#about() {
		const { notes, app_version } = this.#around;
		const device_id = notes.getItem(DEVICE) ?? crypto.randomUUID();
		notes.setItem(DEVICE, device_id);
		const storage_persisted =
			this.protection === 'unknown' ? null : this.protection === 'protected';
		return { device_id, app_version, storage_persisted };
	}

	#device(): Device {
		if (!this.#work) throw new DeviceError('storage_unavailable');
		return this.#work.device;
	}

	#tell(): void {
		for (const listener of this.#listeners) listener();
	}
}
