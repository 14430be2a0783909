import { version } from '$app/environment';
import { connect, endSession, fetchSession } from '../data/later';
import { lastSignedIn } from '../data/session_marks';
import type { Catalogue } from '../domain/catalogue';
import type { Edit } from '../domain/change';
import { today, type Day } from '../domain/day';
import type { Me } from '../domain/me';
import type { ProblemCode } from '../domain/problems';
import { browserClock, browserLocks } from '../sync/ports';
import { IDLE, type SyncStatus } from '../sync/status';
import { EMPTY_PICTURE, pictureOf, type HouseholdCard, type Picture } from './cards';
import type { Returned } from './stores';
import { Device } from './device';
import { Holder, PERSON, type HolderState, type Protection } from './holder';
import { browserNotes } from './notes';
import { DeviceError } from './problem';
import { protect } from './protection';
import type { Work } from './work';

/**
 * The phone as the screens see it: everything here can be read in markup and follows what happens,
 * in this tab and in others. What it does is in Holder, Device and Sync; this file only lets Svelte
 * know.
 */
class Phone {
	#holder: Holder | null = null;
	#telling = false;
	#drawn_from: { device: Device | null; revision?: number; day?: Day } = { device: null };
	#state = $state.raw<HolderState>('opening');
	#problem = $state.raw<ProblemCode | null>(null);
	#me = $state.raw<Me | null>(null);
	#catalogue = $state.raw<Catalogue | null>(null);
	#picture = $state.raw<Picture>(EMPTY_PICTURE);
	#sync = $state.raw<SyncStatus>(IDLE);
	#returned = $state.raw<readonly Returned[]>([]);
	#storage = $state.raw<Protection>('unknown');

	/** `ready` as long as this phone knows who holds it, also when the session has ended. */
	get state(): HolderState {
		return this.#state;
	}

	/** Why the state is `failed`. */
	get problem(): ProblemCode | null {
		return this.#problem;
	}

	get me(): Me | null {
		return this.#me;
	}

	get catalogue(): Catalogue | null {
		return this.#catalogue;
	}

	get households(): HouseholdCard[] {
		return this.#picture.households;
	}

	/** How many visits I logged today. */
	get today(): number {
		return this.#picture.today;
	}

	/** The households that I helped last. */
	get recent(): HouseholdCard[] {
		return this.#picture.recent;
	}

	get sync(): SyncStatus {
		return this.#sync;
	}

	/** What was sent back and needs a look. */
	get returned(): readonly Returned[] {
		return this.#returned;
	}

	/** Whether the browser promised to keep the records. */
	get storage(): Protection {
		return this.#storage;
	}

	card(household_id: string): HouseholdCard | undefined {
		return this.#picture.byId.get(household_id);
	}

	/** The work that is open, for what few screens show; whoever asks is asked again when a record changes. */
	get work(): Work | null {
		return this.#picture && (this.#holder?.work ?? null);
	}

	/**
	 * Opens the phone; called once, when the first screen stands.
	 * @returns stops it
	 */
	start(): () => void {
		const holder = new Holder({
			open: Device.open,
			fetchSession,
			endSession,
			lastSignedIn,
			connect,
			clock: browserClock,
			locks: browserLocks(),
			notes: browserNotes(),
			protect,
			attend: async (...work) => (await import('../hand_in/attend')).attend(...work),
			app_version: version
		});
		this.#holder = holder;
		holder.onchange(() => this.#tellSoon());
		const forget = follow(holder);
		void holder.flush();
		return () => {
			forget();
			holder.stop();
		};
	}

	/**
	 * Keeps edits, all of them or none; resolves when they are on the disk. `mended` names changes in
	 * `returned` that these edits put right.
	 * @throws DeviceError `storage_full`, `storage_failed`; then nothing was kept
	 */
	async save(edits: Edit[], ...mended: string[]): Promise<void> {
		await this.#opened().save($state.snapshot(edits) as Edit[], ...mended);
		this.#tell();
	}

	/** Keeps edits and lets go of the draft that they were typed in, both or neither. */
	async saveDraft(key: string, edits: Edit[]): Promise<void> {
		await this.#opened().saveDraft(key, $state.snapshot(edits) as Edit[]);
		this.#tell();
	}

	/** Takes records back that were saved by mistake. */
	async undo(...record_ids: string[]): Promise<void> {
		await this.#opened().undo(...record_ids);
		this.#tell();
	}

	/** Lets go of a change that was sent back, after the look at it. */
	async dismiss(change_id: string): Promise<void> {
		await this.#holder?.work?.device.dismiss(change_id);
		this.#tell();
	}

	/** Sends a change that was sent back once more; for when its cause has gone. */
	async resend(change_id: string): Promise<void> {
		await this.#holder?.work?.device.resend(change_id);
		await this.sendNow();
	}

	/** Sends and fetches now; resolves when done, also when it failed: see `sync`. */
	async sendNow(): Promise<void> {
		await this.#holder?.flush();
	}

	/** Asks the browser to keep the records when the phone runs full; the answer is in `storage`. */
	async protect(): Promise<void> {
		await this.#holder?.protect(true);
	}

	/**
	 * Signs out; what was not sent stays on the phone for this person.
	 * @returns whether the server has heard of it
	 */
	async signOut(): Promise<boolean> {
		return (await this.#holder?.signOut()) ?? false;
	}

	draft<T>(key: string): T | undefined {
		return this.#holder?.work?.device.draft<T>(key);
	}

	drafts<T>(): [key: string, value: T][] {
		return this.#holder?.work?.device.drafts<T>() ?? [];
	}

	async keepDraft(key: string, value: unknown): Promise<void> {
		await this.#holder?.work?.device.keepDraft(key, $state.snapshot(value));
	}

	async dropDraft(key: string): Promise<void> {
		await this.#holder?.work?.device.dropDraft(key);
	}

	/** The picture of now; the same one as before when nothing that it shows has changed. */
	#draw(device: Device | null): Picture {
		const from = { device, revision: device?.revision, day: today() };
		const { device: before, revision, day } = this.#drawn_from;
		if (device === before && from.revision === revision && from.day === day) return this.#picture;
		this.#drawn_from = from;
		return device ? pictureOf(device, from.day) : EMPTY_PICTURE;
	}

	/** Saving before the phone is open must fail loudly, or a record would be lost without a word. */
	#opened(): Holder {
		if (!this.#holder) throw new DeviceError('storage_unavailable');
		return this.#holder;
	}

	/** Many things often change at once: the screens are told once. */
	#tellSoon(): void {
		if (this.#telling) return;
		this.#telling = true;
		queueMicrotask(() => {
			this.#telling = false;
			this.#tell();
		});
	}

	#tell(): void {
		const work = this.#holder?.work;
		this.#state = this.#holder?.state ?? 'opening';
		this.#problem = this.#holder?.problem ?? null;
		this.#me = work?.me ?? null;
		this.#catalogue = work?.catalogue ?? null;
		this.#picture = this.#draw(work?.device ?? null);
		this.#sync = work?.sync.status() ?? IDLE;
		this.#returned = work ? [...work.device.returned()] : [];
		this.#storage = this.#holder?.protection ?? 'unknown';
	}
}

/** Sends whenever there is reason to hope; correctness never depends on any of these. */
function follow(holder: Holder): () => void {
	const flush = () => void holder.flush();
	const offline = () => holder.work?.sync.offline();
	const seen = () => document.visibilityState === 'visible' && flush();
	const noted = ({ key, newValue }: StorageEvent) =>
		key === PERSON && void holder.elsewhere(newValue);
	window.addEventListener('online', flush);
	window.addEventListener('offline', offline);
	window.addEventListener('storage', noted);
	document.addEventListener('visibilitychange', seen);
	return () => {
		window.removeEventListener('online', flush);
		window.removeEventListener('offline', offline);
		window.removeEventListener('storage', noted);
		document.removeEventListener('visibilitychange', seen);
	};
}

export const phone = new Phone();
