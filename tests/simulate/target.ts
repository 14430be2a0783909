import type { Applied, ServerRow } from '../sync/judge';
import type { Phone, Place } from './place';
import type { Tab } from './tab';

export type Kept = Pick<Applied, 'author_id' | 'device_id' | 'seq'> & {
	change_id: string;
	record_id: string;
	group_id: string;
	base: number | null;
	verdict: string;
	fields: string[];
};

/** What the server holds when all is over. */
export type Books = {
	changes: Kept[];
	rows: ServerRow[];
	/** What is wrong with the totals, as sentences. */
	totals: string[];
};

/** A server to play against. */
export type City = {
	/** An empty city in which these people have these groups. */
	begin(scopes: Map<string, string[]>): Promise<void>;
	setScope(person_id: string, group_ids: string[]): Promise<void>;
	/** Resolves with the way back. */
	backup(): Promise<() => Promise<void>>;
	books(): Promise<Books>;
	end(): Promise<void>;
};

/** What phones are made of. */
export type Phones = {
	/** A new story; nothing is on any phone. */
	begin(): Promise<void>;
	/** Opens the application once more, on the phone of a person. */
	open(place: Place): Promise<Tab>;
	/** The disk is full at the n-th write from now, counted from 0, as far as that can be chosen. */
	fill(phone: Phone, n: number): Promise<void> | void;
	/** The browser throws all databases of a phone away, but not what lies in a bucket. */
	lose(phone: Phone): Promise<void>;
	/** There is room on every disk. */
	makeRoom(): Promise<void> | void;
	end(): Promise<void>;
};

export type Target = { name: string; city: City; phones: Phones };
