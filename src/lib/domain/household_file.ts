/** The groups whose households may be brought from a file, and what one of them holds. */
export type HouseholdLists = {
	groups: { group_id: string; name: string; ward_name: string }[];
	/** Every household's label, also of those that turned out to be another; `version` names the list. */
	group: { households: number; labels: string[]; version: string } | null;
	/** What headings meant the last time. */
	columns: Record<string, string>;
};

/** A row of a file: its number there, the id of its household, label, adults, priority, note. */
export type ImportedHousehold = [number, string, string, number | null, boolean, string];
