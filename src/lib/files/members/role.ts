import { fold } from '../../domain/text';
import type { Role } from '../../domain/role';

const WORDS: [RegExp, Role][] = [
	[/\b(to pho|pho to truong|deputy|pho)\b/, 'deputy'],
	[/\b(to truong|truong|leader)\b/, 'leader'],
	[/\b(thanh vien|tv|uy vien|tinh nguyen vien|member|volunteer)\b/, 'member']
];

/** The role that offices mean by a word; a member where nothing is said, null for anything else. */
export function roleOf(text: string): Role | null {
	const folded = fold(text).trim();
	if (folded === '') return 'member';
	return WORDS.find(([word]) => word.test(folded))?.[1] ?? null;
}
