import type { KindWords, Level, LevelWords } from '$lib/domain/unit';
import { getLocale } from '$lib/i18n/paraglide/runtime';

/** The city's word for a level. */
export function levelWord(levels: LevelWords[], level: Level): string {
	return levels.find((one) => one.level === level)?.[getLocale()] ?? level;
}

/** The city's word for a kind of unit; the code itself when the city has dropped the kind. */
export function kindWord(kinds: KindWords[], kind: string): string {
	return kinds.find((one) => one.kind === kind)?.[getLocale()] ?? kind;
}
