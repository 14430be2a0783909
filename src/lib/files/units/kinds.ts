import type { KindWords, Level } from '../../domain/unit';
import { nameKey } from './known';

/** How many digits an official code has on each level; groups have none. */
export const CODE_LENGTH: Record<Level, number | null> = { city: 2, area: 3, ward: 5, group: null };

/** Groupings that a city makes for itself: no list gives them a code. */
export const WITHOUT_CODE = ['dia_ban', 'cum'];

/** Words for levels, beside those that the city has chosen. */
const LEVEL_WORDS: Record<string, Level> = {
	city: 'city',
	province: 'city',
	tinh: 'city',
	'thanh pho': 'city',
	area: 'area',
	district: 'area',
	huyen: 'area',
	quan: 'area',
	'dia ban': 'area',
	ward: 'ward',
	commune: 'ward',
	xa: 'ward',
	phuong: 'ward',
	'phuong xa': 'ward',
	group: 'group',
	to: 'group',
	thon: 'group',
	'to thon': 'group'
};

/** Short for kinds, as lists write them. */
const SHORT: Record<string, string> = {
	p: 'phuong',
	x: 'xa',
	tt: 'thi_tran',
	q: 'quan',
	h: 'huyen',
	tp: 'thanh_pho',
	to: 'tdp',
	tdp: 'tdp'
};

/** The kinds of a city, found by what people write. */
export class Kinds {
	#kinds: KindWords[];
	#byWord: Map<string, KindWords>;

	constructor(kinds: KindWords[]) {
		this.#kinds = kinds;
		this.#byWord = new Map(kinds.map((one) => [nameKey(one.vi), one]));
		for (const [short, kind] of Object.entries(SHORT)) {
			const found = kinds.find((one) => one.kind === kind);
			if (found && !this.#byWord.has(short)) this.#byWord.set(short, found);
		}
	}

	/** The kind that a cell of its own names. */
	named(text: string): KindWords | undefined {
		const key = nameKey(text);
		return (
			this.#byWord.get(key) ?? this.#kinds.find(({ kind }) => kind === key.replaceAll(' ', '_'))
		);
	}

	/** The kind that a name begins with: "Phường Hải Châu"; the longest that fits. */
	before(name: string): KindWords | undefined {
		const words = nameKey(name).split(' ');
		return [3, 2, 1]
			.filter((count) => words.length > count)
			.map((count) => this.#byWord.get(words.slice(0, count).join(' ')))
			.find((kind) => kind !== undefined);
	}

	/** The name without its kind: both ways of writing are one place. */
	bare(name: string): string {
		const kind = this.before(name);
		const key = nameKey(name);
		if (!kind) return key;
		const word = nameKey(kind.vi);
		return key.startsWith(`${word} `) ? key.slice(word.length + 1) : key.replace(/^\S+ /, '');
	}

	/** The level that a cell names, by the country's words. */
	level(text: string): Level | undefined {
		return LEVEL_WORDS[nameKey(text)] ?? this.named(text)?.level;
	}

	/** The usual kind of a level. */
	first(level: Level): KindWords | undefined {
		return this.#kinds.find((one) => one.level === level);
	}
}
