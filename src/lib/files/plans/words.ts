import type { IndicatorUnit, TargetLevel, TaskStatus } from '../../domain/plan';
import { fold } from '../../domain/text';

/** What offices write for each value, folded; the first is ours. */
const KINDS: Record<'indicator' | 'task', string[]> = {
	indicator: ['chi tieu', 'indicator'],
	task: ['nhiem vu', 'task']
};
const LEVELS: Record<TargetLevel, string[]> = {
	nation: ['quoc gia', 'trung uong', 'toan quoc', 'nation'],
	city: ['thanh pho', 'tinh', 'city'],
	ward: ['phuong', 'xa', 'phuong xa', 'phuong/xa', 'ward']
};
const STATUSES: Record<TaskStatus, string[]> = {
	done: ['hoan thanh', 'da hoan thanh', 'done'],
	in_progress: ['dang trien khai', 'dang thuc hien', 'in progress'],
	not_done: ['chua hoan thanh', 'chua thuc hien', 'not done']
};
const UNITS: Partial<Record<IndicatorUnit, string[]>> = {
	percent: ['%', 'phan tram', 'ty le', 'ty le %', 'percent'],
	people: ['nguoi', 'people'],
	households: ['ho', 'ho gia dinh', 'households'],
	wards: ['phuong', 'xa', 'phuong xa', 'wards'],
	groups: ['to', 'thon', 'groups'],
	markets: ['cho', 'markets'],
	services: ['dich vu', 'services'],
	accounts: ['tai khoan', 'accounts'],
	addresses: ['dia chi', 'addresses'],
	firms: ['doanh nghiep', 'firms'],
	products: ['san pham', 'products'],
	years: ['nam', 'years'],
	number: ['so', 'so luong', 'lan', 'number']
};

export const kindOf = (text: string) => meant(KINDS, text);
export const levelOf = (text: string) => meant(LEVELS, text);
export const statusOf = (text: string) => meant(STATUSES, text);
export const unitOf = (text: string) => meant(UNITS, text);

function meant<Key extends string>(
	words: Partial<Record<Key, string[]>>,
	text: string
): Key | null {
	const said = fold(text).trim();
	const found = Object.entries<string[] | undefined>(words).find(([, its]) => its?.includes(said));
	return (found?.[0] as Key | undefined) ?? null;
}
