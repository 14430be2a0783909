import { browserNotes } from '$lib/device/notes';

/** A form as it was begun and as it stands. */
export type HalfTyped<Form> = { begun: Form; form: Form };
type All = Record<string, HalfTyped<unknown>>;

const nameOf = (person_id: string) => `tung-nha.desk.${person_id}`;

/**
 * What a person of the staff left half-typed and may lie on the disk of a shared computer in the clear:
 * forms that can hold nothing personal. It goes when it is saved, dropped, or its person signs out.
 */
export const onDisk = {
	get<Form>(person_id: string, key: string): HalfTyped<Form> | undefined {
		return readAll(person_id)[key] as HalfTyped<Form> | undefined;
	},
	set(person_id: string, key: string, half: HalfTyped<unknown>): void {
		write(person_id, { ...readAll(person_id), [key]: half });
	},
	delete(person_id: string, key: string): void {
		const { [key]: _gone, ...rest } = readAll(person_id);
		write(person_id, rest);
	},
	clear(person_id: string): void {
		browserNotes().removeItem(nameOf(person_id));
	}
};

const inMemory = new Map<string, HalfTyped<unknown>>();

/**
 * What may hold the name of a resident. The desk has no key to seal it with, and a browser writes
 * session storage to the disk as well: so it stays in memory, and reloading the page asks first.
 */
export const offDisk = {
	get<Form>(_person_id: string, key: string): HalfTyped<Form> | undefined {
		return inMemory.get(key) as HalfTyped<Form> | undefined;
	},
	set(_person_id: string, key: string, half: HalfTyped<unknown>): void {
		inMemory.set(key, half);
		addEventListener('beforeunload', askFirst);
	},
	delete(_person_id: string, key: string): void {
		inMemory.delete(key);
		if (inMemory.size === 0) removeEventListener('beforeunload', askFirst);
	},
	clear(): void {
		for (const key of [...inMemory.keys()]) offDisk.delete('', key);
	}
};

function askFirst(event: BeforeUnloadEvent) {
	event.preventDefault();
}

function readAll(person_id: string): All {
	try {
		return JSON.parse(browserNotes().getItem(nameOf(person_id)) ?? '{}') as All;
	} catch {
		return {};
	}
}

function write(person_id: string, all: All): void {
	try {
		if (Object.keys(all).length === 0) onDisk.clear(person_id);
		else browserNotes().setItem(nameOf(person_id), JSON.stringify(all));
	} catch {
		// No room: then the form is as safe as its page, and saving it still works.
	}
}
