/**
 * Says why this Node cannot run the product, or null when it can. Vite 8 needs 20.19 or 22.12: the
 * first releases of each line that load ES modules with `require`.
 * @param {string} version such as '20.19.0'
 * @returns {string | null} one sentence
 */
export function nodeRefusal(version) {
	const parts = version.split('.').map(Number);
	const major = parts[0] || 0;
	const minor = parts[1] || 0;
	if (major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)) return null;
	return 'Từng Nhà needs Node 20.19 or newer (of Node 22: 22.12); this is Node ' + version + '.';
}
