/**
 * Fills what room a page's origin has left, down to less than any record needs: a browser only looks
 * at its quota again when what it had allowed before is used up. Runs in the page.
 */
export async function fillUp(): Promise<void> {
	const database = await new Promise<IDBDatabase>((resolve, reject) => {
		const opening = indexedDB.open('ballast');
		opening.onupgradeneeded = () =>
			opening.result.createObjectStore('ballast', { autoIncrement: true });
		opening.onsuccess = () => resolve(opening.result);
		opening.onerror = () => reject(new Error(String(opening.error)));
	});
	const fits = (bytes: number) =>
		new Promise<boolean>((resolve) => {
			const transaction = database.transaction('ballast', 'readwrite');
			transaction.objectStore('ballast').add(crypto.getRandomValues(new Uint8Array(bytes)));
			transaction.oncomplete = () => resolve(true);
			transaction.onabort = () => resolve(false);
		});
	for (let bytes = 65_536; bytes >= 64; bytes /= 4) while (await fits(bytes));
	database.close();
}
