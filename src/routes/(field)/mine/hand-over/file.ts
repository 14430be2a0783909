import { fileOf } from '$lib/domain/bundle/file';
import { toText, type Bytes } from '$lib/domain/bundle/bytes';
import { formatTime } from '$lib/i18n/formats';
import { dayOf } from '$lib/domain/day';
import { m } from '$lib/i18n/paraglide/messages';

/** A sealed bundle as a file with a name that says when, and not whose. */
export function bundleFile(bundle: Bytes, now = new Date()): File {
	const time = formatTime(now.getTime()).replace(':', 'h');
	const part = toText(bundle.slice(12, 18))
		.replace(/[^A-Za-z0-9]/g, '')
		.slice(0, 4);
	const name = `tung-nha-${dayOf(now)}-${time}-${part}.txt`;
	return new File([fileOf(bundle, m.hand_over_words())], name, { type: 'text/plain' });
}

/** Whether this browser passes files on to other apps. */
export function canShare(): boolean {
	const file = new File([''], 'tung-nha.txt', { type: 'text/plain' });
	return navigator.canShare?.({ files: [file] }) ?? false;
}

export async function share(file: File): Promise<void> {
	// The person may change their mind: then nothing was passed on, and nothing is lost.
	await navigator.share({ files: [file] }).catch(() => undefined);
}

/** Puts the file where the phone keeps downloads. */
export function save(file: File): void {
	const link = document.createElement('a');
	link.href = URL.createObjectURL(file);
	link.download = file.name;
	link.click();
	// Not at once: some browsers only begin to read it after this.
	setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
