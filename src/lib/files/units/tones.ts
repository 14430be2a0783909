import type { Listed, UnitReading } from './listed';

/**
 * Notes names that spell the same syllable in both ways, "Hoà" and "Hòa", and says which one is used
 * more in the file. Both are right; a list that mixes them is hard to search and to sort.
 */
export function noteMixedTones(reading: UnitReading, listed: Listed[]): void {
	const spellings = new Map<string, Map<string, number>>();
	for (const { name } of listed) {
		for (const word of wordsOf(name)) {
			const counts = spellings.get(toneKey(word)) ?? new Map<string, number>();
			spellings.set(toneKey(word), counts.set(word, (counts.get(word) ?? 0) + 1));
		}
	}
	for (const { row, name } of listed) {
		for (const word of wordsOf(name)) {
			const counts = spellings.get(toneKey(word)) ?? new Map();
			const [[usual = word] = []] = [...counts].sort((a, b) => b[1] - a[1]);
			if (usual === word) continue;
			reading.add('unit_tone_mixed', row, 'name', {
				weight: 'note',
				value: word,
				details: { usual }
			});
		}
	}
}

function wordsOf(name: string): string[] {
	return name.toLowerCase().match(/\p{L}+/gu) ?? [];
}

/** The letters of a syllable and then its marks: where the mark of the tone stands makes no odds. */
function toneKey(word: string): string {
	const tones = /[\u0300\u0301\u0303\u0309\u0323]/g;
	const parts = word.normalize('NFD');
	return parts.replace(tones, '').normalize('NFC') + (parts.match(tones) ?? []).join('');
}
