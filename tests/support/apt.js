import { spawnSync } from 'node:child_process';

/**
 * Installs a Debian package when we may and can. Whether that brought what was wanted is for the
 * caller to see: a package's own start script may fail where the programs are in place.
 * @param {string} name
 */
export function aptInstall(name) {
	if (process.getuid?.() !== 0) return;
	process.stdout.write(`Installing ${name} …\n`);
	apt('update');
	apt('install', '-y', '--no-install-recommends', name);
}

/** @param {string[]} args */
function apt(...args) {
	spawnSync('apt-get', ['-qq', ...args], {
		stdio: ['ignore', 'inherit', 'inherit'],
		env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
	});
}

/**
 * @param {string[]} names
 * @returns {string | undefined} full path of the first of these programs that is on PATH
 */
export function onPath(...names) {
	const found = names.map((name) => spawnSync('sh', ['-c', `command -v ${name}`]));
	return found
		.find(({ status }) => status === 0)
		?.stdout.toString()
		.trim();
}
