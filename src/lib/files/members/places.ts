import type { MemberLists } from '../../domain/team';
import { fold } from '../../domain/text';

type Group = MemberLists['places'][number];

/** The groups and teams in reach, found by what files call them. */
export type Places = {
	/** Which group or team a row means; several when the words fit more than one, none when unknown. */
	find(words: { group: string; ward: string; team: string }): Group[];
	/** Whether a ward of this name or code is in reach. */
	knowsWard(ward: string): boolean;
};

export function placesOf({ places: groups }: MemberLists): Places {
	const byGroup = index(groups, ([, name, ward]) => [plain(name), `${plain(name)} ${plain(ward)}`]);
	const byTeam = index(groups, (group) => (group[5] ? [plain(group[5])] : []));
	const wards = new Set(groups.flatMap(([, , ward, code]) => [wardKey(ward), code ?? '']));
	const inWard = (ward: string) => (group: Group) =>
		ward === '' || wardKey(group[2]) === wardKey(ward) || group[3] === ward;
	return {
		find({ group, ward, team }) {
			const named = team ? byTeam.get(plain(team)) : byGroup.get(plain(group));
			const fitting = (named ?? []).filter(inWard(ward));
			// One team that works in several groups is one place.
			return team ? fitting.slice(0, new Set(fitting.map((one) => one[4])).size) : fitting;
		},
		knowsWard: (ward) => wards.has(wardKey(ward)) || wards.has(ward)
	};
}

function index(groups: Group[], keys: (group: Group) => string[]): Map<string, Group[]> {
	const found = new Map<string, Group[]>();
	for (const group of groups)
		for (const key of new Set(keys(group))) found.set(key, [...(found.get(key) ?? []), group]);
	return found;
}

/** "Tổ dân phố số 03" and "Tổ 3" are one; a marked name is no other than the same without. */
function plain(text: string): string {
	return fold(text)
		.replace(/\b(to dan pho|tdp|to so|to)\b/g, 'to')
		.replace(/\bso\b/g, '')
		.replace(/\b0+(\d)/g, '$1')
		.replace(/[^a-z0-9]+/g, ' ')
		.trim();
}

function wardKey(ward: string): string {
	return fold(ward)
		.replace(/^\s*(phuong|xa|thi tran|dac khu|p|x)\b\.?/, '')
		.replace(/[^a-z0-9]+/g, ' ')
		.trim();
}
