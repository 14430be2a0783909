import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** Written by the build or by command line tools, so no part of what a build is made of. */
const generated = [
	'src/lib/i18n/paraglide',
	'src/lib/i18n/project.inlang/.gitignore',
	'src/lib/i18n/project.inlang/.meta.json',
	'src/lib/i18n/project.inlang/README.md',
	'src/lib/i18n/project.inlang/cache',
	'supabase/.temp',
	'supabase/.branches'
];

/**
 * One short text for the names and contents of files, equal only when they are. Contents and not
 * times: switching branches and back changes times only. Some hundred files take a few hundredths
 * of a second.
 * @param {string} root
 * @param {string[]} names files and folders in it; one that is missing counts as empty
 */
export function fingerprint(root, names) {
	const hash = createHash('sha256');
	for (const file of names.flatMap((name) => filesOf(root, name))) {
		const content = readFileSync(path.join(root, file));
		hash.update(`${file}\0${content.length}\0`).update(content);
	}
	return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string} name
 * @returns {string[]} paths below root, in a fixed order
 */
function filesOf(root, name) {
	if (generated.includes(name)) return [];
	const found = statSync(path.join(root, name), { throwIfNoEntry: false });
	if (!found) return [];
	if (!found.isDirectory()) return [name];
	return readdirSync(path.join(root, name))
		.sort()
		.flatMap((child) => filesOf(root, path.posix.join(name, child)));
}
