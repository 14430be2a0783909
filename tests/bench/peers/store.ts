import type { Change, PullAnswer } from '../../../src/lib/domain/change';
import { rowsIn } from '../../support/columns';

/** A household as every store gives it back; each may know more of it. */
export type Home = { id: string; label: string; group_id: string };

/** A visit as every store gives it back. */
export type Seen = { id: string; household_id: string | null; day: string; people_helped: number };

/** Records, a row each: as most stores want them, and as all give them back. */
export type All = { households: Home[]; visits: Seen[] };

/** A line of the first page: a household, how many visits it had, and the day of the last one. */
export type Card = [label: string, visits: number, last: string];

/** Whom to ask for records, in whose name. */
export type Server = { api: string; couch: string; person_id: string; token: string };

/** A store under measurement: the same work, done as its own documentation advises. */
export type Store = {
	/** Opens the database of this name, new or as it was left. */
	open(name: string): Promise<void>;
	/** Takes in one page of a first pull: as the server answered it, or the records that it brought. */
	ingest(answer: PullAnswer, rows: All): Promise<void>;
	/** The first 50 households by label. */
	page(): Promise<Card[]>;
	/** Reads everything into memory, if it is not there. */
	all(): Promise<All>;
	/** Keeps a new visit and what has to be sent of it, until it is on the disk if the store can promise that. */
	save(change: Change): Promise<void>;
	/** Keeps many at once; how long that takes is not measured. */
	queue?(changes: Change[]): Promise<void>;
	/** Sends and fetches everything; resolves when both sides are alike. */
	sync?(server: Server): Promise<void>;
	/** Does beforehand what a phone has done long before it sends or fetches. */
	prepare?(server: Server): Promise<void>;
	close(): Promise<void>;
};

export const PAGE = 50;

/** The rows of an answer, by kind. */
export function rowsOf({ groups }: PullAnswer): All {
	const of = (kind: keyof All) =>
		groups.flatMap((group) => rowsIn(group[kind], group.group_id) as never[]);
	return { households: of('households'), visits: of('visits') };
}

/** A household with its visits as a line of the page. */
export function cardOf(home: Pick<Home, 'label'>, visits: Pick<Seen, 'day'>[]): Card {
	const last = visits.reduce((latest, { day }) => (day > latest ? day : latest), '');
	return [home.label, visits.length, last];
}

/** The first page of what is in memory. */
export function pageOf({ households, visits }: All): Card[] {
	const first = [...households].sort((a, b) => (a.label < b.label ? -1 : 1)).slice(0, PAGE);
	return first.map((home) =>
		cardOf(
			home,
			visits.filter((visit) => visit.household_id === home.id)
		)
	);
}
