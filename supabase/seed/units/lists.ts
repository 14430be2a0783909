import { readCsv } from '../csv';
import { editions, IN_FORCE, type Edition } from './editions';

/** A unit as one edition lists it. Codes and names are reused: the key is edition and code. */
export type ListedUnit = {
	edition: string;
	code: string;
	level: 'city' | 'area' | 'ward';
	/** The Vietnamese kind without its marks: `phuong`, `xa`, `thi_tran`, `quan`, … */
	kind: string;
	name: string;
	name_en: string;
	parent_code: string | null;
	/** The former district that gave most of a ward in force; null in the editions with districts. */
	former_district: string | null;
};

type Column =
	| 'code'
	| 'level'
	| 'type_vi'
	| 'full_name'
	| 'full_name_en'
	| 'parent_code'
	| 'province_code'
	| 'dominant_old_district';

const LEVELS: Record<string, ListedUnit['level']> = {
	province: 'city',
	district: 'area',
	ward: 'ward'
};

const KINDS: Record<string, string> = {
	Tỉnh: 'tinh',
	'Thành phố': 'thanh_pho',
	Quận: 'quan',
	Huyện: 'huyen',
	'Thị xã': 'thi_xa',
	'Thị trấn': 'thi_tran',
	Phường: 'phuong',
	Xã: 'xa',
	'Đặc khu': 'dac_khu'
};

/** Every unit of every edition, oldest edition first, parents before children. */
export function readUnitLists(): ListedUnit[] {
	const lists = editions.flatMap(readList);
	const city = lists.find((unit) => unit.level === 'city');
	// The list in force holds only wards; the city goes on under the code that they name as theirs.
	return city ? [...lists, { ...city, edition: IN_FORCE }] : lists;
}

function readList({ edition, file }: Edition): ListedUnit[] {
	return readCsv<Column>(file).map((row) => ({
		edition,
		code: row.code,
		level: known(LEVELS, row.level),
		kind: known(KINDS, row.type_vi),
		name: row.full_name,
		name_en: row.full_name_en,
		parent_code: row.level === 'province' ? null : row.parent_code || row.province_code,
		former_district: row.dominant_old_district || null
	}));
}

function known<T>(words: Record<string, T>, word: string): T {
	const found = words[word];
	if (found === undefined) throw new Error(`a list of units holds the unknown word "${word}"`);
	return found;
}
