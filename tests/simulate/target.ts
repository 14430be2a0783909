import type { Api } from '../../src/lib/data/api';
import type { Applied, ServerRow } from '../sync/judge';

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
export type Target = {
	name: string;
	/** An empty city in which these people have these groups. */
	begin(scopes: Map<string, string[]>): Promise<void>;
	/** The way of a phone; `session` says who is signed in on it when a request goes. */
	api(person_id: string, session: () => string): Api;
	setScope(person_id: string, group_ids: string[]): Promise<void>;
	/** Resolves with the way back. */
	backup(): Promise<() => Promise<void>>;
	books(): Promise<Books>;
	end(): Promise<void>;
};
