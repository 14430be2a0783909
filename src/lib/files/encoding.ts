import type { FileProblem } from '../domain/problems';
import { Unreadable } from './table';

/** Letters as the fonts before Unicode wrote them, read as if each byte were a letter of its own. */
const OLD_FONTS = {
	// "Ph­êng H¶i Ch©u": one byte a letter, the marked ones where Latin has signs.
	file_tcvn3: /\p{L}[µ¶·¸¹©ª«¬®¨\u00ad]|[®§]\p{L}|[\u00ad]\p{L}/gu,
	// "Phöôøng Haûi Chaâu": the mark follows its vowel as a letter of its own. No syllable of today's
	// spelling has such pairs; "aê" is none of them, because there is a commune Laêê.
	file_vni: /[aeiouyöô][øùûõïØÙÛÕÏ]|[aeo]â|öô/gu
} as const;

/** "PháÂ»Â" and the like: UTF-8 that was read as Windows' Latin and saved again. */
const READ_AS_LATIN =
	/[ÃÂÄÆ][\u0080-\u00bf‘’“”†‡ˆ‰‹›€™šœž°¡]|á[º»][\u0080-\u00bf\p{L}\p{S}\p{P}]/gu;

/**
 * The text of a file in UTF-8, with or without its mark.
 * @throws Unreadable naming the older encoding that it seems to be in, so that it can be saved anew
 */
export function textOf(bytes: Uint8Array): string {
	if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff))
		throw new Unreadable('file_utf16');
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		throw new Unreadable(encodingOf(bytes));
	}
}

function startsWith(bytes: Uint8Array, ...head: number[]): boolean {
	return head.every((byte, at) => bytes[at] === byte);
}

/** Which of the encodings that Vietnam used before Unicode explains most of the text. */
function encodingOf(bytes: Uint8Array): FileProblem {
	const latin = new TextDecoder('windows-1252').decode(bytes);
	const vietnamese = new TextDecoder('windows-1258').decode(bytes);
	const found: [FileProblem, number][] = [
		['file_tcvn3', count(latin, OLD_FONTS.file_tcvn3)],
		['file_vni', count(latin, OLD_FONTS.file_vni)],
		['file_cp1258', count(vietnamese, /[aeiouyăâêôơư][\u0300\u0301\u0303\u0309\u0323]/giu)]
	];
	const [best] = found.sort((a, b) => b[1] - a[1]);
	return best && best[1] > 0 ? best[0] : 'file_not_utf8';
}

/** Whether a text is written for an old font, or went through a wrong reading; null when it is plain. */
export function oldFontOf(text: string): 'tcvn3' | 'vni' | 'latin' | null {
	if (count(text, READ_AS_LATIN) > 0) return 'latin';
	if (count(text, OLD_FONTS.file_tcvn3) > 0) return 'tcvn3';
	return count(text, OLD_FONTS.file_vni) > 0 ? 'vni' : null;
}

function count(text: string, pattern: RegExp): number {
	return text.match(pattern)?.length ?? 0;
}
