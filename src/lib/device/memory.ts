import type { Change } from '../domain/change';
import type { Household } from '../domain/household';
import { newestFirst } from '../domain/progress';
import type { Kind, Row } from '../domain/record';
import type { HelpRequest } from '../domain/request';
import type { Signup } from '../domain/signup';
import type { Training } from '../domain/training';
import type { Visit } from '../domain/visit';
import type { Returned, Written } from './stores';
import { shownRow, type Log } from './shown';

/** What changed in the stores; what is absent did not change. */
type Changed = {
	confirmed?: Iterable<Row>;
	outbox?: readonly Written[];
	returned?: readonly Returned[];
};

/** Newest first once it was asked for: few households are, and sorting all of a ward's visits is dear. */
type OfHousehold = { merged: Household[]; visits: Visit[]; signups: Signup[]; sorted?: true };

const NOTHING: Log = { waiting: [], sent_back: [] };

/**
 * The records of a person in memory, so that screens ask without waiting. A phone holds some hundred
 * households; going through all of them takes less than a frame.
 */
export class Memory {
	readonly person_id: string;
	/** Grows with every change of what is shown. */
	revision = 0;
	#confirmed = new Map<string, Row>();
	#outbox: readonly Written[] = [];
	#returned: readonly Returned[] = [];
	#logs = new Map<string, Log>();
	#shown = new Map<string, Row>();
	#byHousehold: Map<string, OfHousehold> | null = null;

	constructor(person_id: string) {
		this.person_id = person_id;
	}

	/** Every household in scope that was neither discarded nor merged into another. */
	households(): Household[] {
		return this.#allHouseholds().filter(({ id }) => this.homeOf(id) === id);
	}

	/** The households that were merged into this one. */
	mergedInto(household_id: string): Household[] {
		return this.#of(household_id).merged;
	}

	/**
	 * The household where this one counts: itself, or the one it was merged into. A merge that the server
	 * will not take, because the other one was merged itself, is not followed: nothing must vanish.
	 */
	homeOf(id: string): string {
		const household = this.#shown.get(id);
		// What an earlier version kept does not know of merging.
		if (household?.kind !== 'household' || !household.merged_into) return id;
		const target = this.#shown.get(household.merged_into);
		return target?.kind === 'household' && !target.merged_into ? target.id : id;
	}

	household(id: string): Household | undefined {
		const row = this.#shown.get(id);
		return row?.kind === 'household' && !row.discarded ? row : undefined;
	}

	/** Every visit in scope, in no order. */
	visits(): Visit[] {
		return this.records('visit');
	}

	/** The visits to a household and to what was merged into it, newest first. */
	visitsOf(household_id: string): Visit[] {
		return this.#of(household_id).visits;
	}

	signups(): Signup[] {
		return this.records('signup');
	}

	/** The sign-ups of a household and of what was merged into it, newest first. */
	signupsOf(household_id: string): Signup[] {
		return this.#of(household_id).signups;
	}

	trainings(): Training[] {
		return this.records('training');
	}

	/** The requests for help of my groups, in no order. */
	requests(): HelpRequest[] {
		return this.records('request');
	}

	/** The records of a kind in scope that were not discarded, in no order. */
	records<K extends Kind>(kind: K): Extract<Row, { kind: K }>[] {
		return [...this.#shown.values()].filter(
			(row): row is Extract<Row, { kind: K }> => row.kind === kind && !row.discarded
		);
	}

	/** The record with this id, of any kind, also when it was discarded. */
	record(id: string): Row | undefined {
		return this.#shown.get(id);
	}

	/** Whether the server has the record. */
	isConfirmed(record_id: string): boolean {
		return this.#confirmed.has(record_id);
	}

	/** Whether something of this record has not been sent. */
	waits(record_id: string): boolean {
		return this.log(record_id).waiting.length > 0;
	}

	/** Whether this record needs a look: something of it was sent back, or two people changed it at once. */
	looks(record_id: string): boolean {
		const overlap = this.#shown.get(record_id)?.overlap ?? [];
		return (
			overlap.length > 0 || this.#returned.some(({ change }) => change.record_id === record_id)
		);
	}

	/** How much waits to be sent besides the oldest few, and since when (ISO time). */
	waiting(besides = 0): { count: number; oldest_at: string | null } {
		const waiting = this.#outbox.slice(besides);
		return { count: waiting.length, oldest_at: waiting[0]?.change.at ?? null };
	}

	/** What waits, oldest first, up to a size as JSON; at least one change when there is any. */
	outbox(maxBytes: number): Change[] {
		const taken: Change[] = [];
		let bytes = 0;
		for (const { change } of this.#outbox) {
			bytes += new TextEncoder().encode(JSON.stringify(change)).length;
			if (taken.length > 0 && bytes > maxBytes) break;
			taken.push(change);
		}
		return taken;
	}

	/** What was sent back and needs a look, oldest first. */
	returned(): readonly Returned[] {
		return this.#returned;
	}

	/** What was written here about a record and is not confirmed. */
	log(record_id: string): Log {
		return this.#logs.get(record_id) ?? NOTHING;
	}

	/** The record with this id as the server confirmed it. */
	protected confirmed(id: string): Row | undefined {
		return this.#confirmed.get(id);
	}

	/** Takes over what was written, once it is certain. */
	protected apply({ confirmed = [], outbox, returned }: Changed): void {
		const touched = new Set<string>();
		for (const row of confirmed) {
			this.#confirmed.set(row.id, row);
			touched.add(row.id);
		}
		this.#relog(touched, outbox, returned);
		this.#look(touched);
	}

	/** Starts anew with what was read from the stores. */
	protected replace(confirmed: Map<string, Row>, { outbox, returned }: Changed): void {
		const touched = new Set([...this.#confirmed.keys(), ...confirmed.keys()]);
		this.#confirmed = confirmed;
		this.#relog(touched, outbox, returned);
		this.#look(touched);
	}

	#relog(touched: Set<string>, outbox?: readonly Written[], returned?: readonly Returned[]): void {
		if (!outbox && !returned) return;
		for (const id of this.#logs.keys()) touched.add(id);
		this.#outbox = outbox ?? this.#outbox;
		this.#returned = [...(returned ?? this.#returned)].sort((a, b) => a.place - b.place);
		this.#logs = logsOf(this.#outbox, this.#returned);
		for (const id of this.#logs.keys()) touched.add(id);
	}

	#look(touched: Set<string>): void {
		for (const id of touched) this.#show(id);
		this.#byHousehold = null;
		this.revision += 1;
	}

	#allHouseholds(): Household[] {
		return this.records('household');
	}

	#of(household_id: string): OfHousehold {
		this.#byHousehold ??= this.#gather();
		const found = this.#byHousehold.get(household_id) ?? { merged: [], visits: [], signups: [] };
		if (!found.sorted) for (const all of [found.visits, found.signups]) all.sort(newestFirst);
		found.sorted = true;
		return found;
	}

	/** What there is of each household, under the one where it counts. */
	#gather(): Map<string, OfHousehold> {
		const found = new Map<string, OfHousehold>();
		const of = (household_id: string) => {
			const home = this.homeOf(household_id);
			const records = found.get(home) ?? { merged: [], visits: [], signups: [] };
			found.set(home, records);
			return records;
		};
		for (const visit of this.visits())
			if (visit.household_id !== null) of(visit.household_id).visits.push(visit);
		for (const signup of this.signups())
			if (signup.household_id !== null) of(signup.household_id).signups.push(signup);
		for (const household of this.#allHouseholds())
			if (this.homeOf(household.id) !== household.id) of(household.id).merged.push(household);
		return found;
	}

	#show(id: string): void {
		const row = shownRow(this.#confirmed.get(id), this.log(id), this.person_id);
		if (row) this.#shown.set(id, row);
		else this.#shown.delete(id);
	}
}

function logsOf(outbox: readonly Written[], returned: readonly Returned[]): Map<string, Log> {
	const logs = new Map<string, Log>();
	const log = (change: Change) => {
		const found = logs.get(change.record_id) ?? { waiting: [], sent_back: [] };
		logs.set(change.record_id, found);
		return found;
	};
	for (const { change } of outbox) log(change).waiting.push(change);
	for (const { change, verdict } of returned)
		// The others are there to be looked at, but there is a record on the server.
		if (verdict.verdict === 'refused' || verdict.verdict === 'invalid')
			log(change).sent_back.push(change);
	return logs;
}
