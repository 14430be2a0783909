import { fromText, toText, type Bytes } from './bytes';

const BEGIN = '-----BEGIN TUNG NHA-----';
const END = '-----END TUNG NHA-----';

/**
 * A sealed bundle as a text file, which every phone can pass on by whatever it has: other kinds of
 * files are refused by the share sheets of some browsers, or renamed on the way.
 * @param words what to tell somebody who opens the file
 */
export function fileOf(bundle: Bytes, words: string): string {
	const lines = toText(bundle).match(/.{1,76}/g) ?? [];
	return [words, '', BEGIN, ...lines, END, ''].join('\r\n');
}

/** The sealed bundle in a file; null when there is none, or only a part of it. */
export function bundleIn(file: string): Bytes | null {
	const [, begun] = file.split(BEGIN);
	const [inside, rest] = (begun ?? '').split(END);
	return rest === undefined || !inside?.trim() ? null : fromText(inside.replace(/\s/g, ''));
}
