import { phone } from '$lib/device/phone.svelte';
import { DeviceError } from '$lib/device/problem';
import type { Edit } from '$lib/domain/change';
import { today } from '$lib/domain/day';
import { m } from '$lib/i18n/paraglide/messages';
import { toast, type ToastMessage } from '$lib/ui/toast.svelte';

type Card = (typeof phone.households)[number];

/** The household whose help was repeated last, and the message that says so once it is kept. */
let repeated: { id: string; message?: ToastMessage } | null = null;

/**
 * Logs the last help of a household once more, today. One tap: the undo in the message takes the
 * place of a question. While that message stands, a second tap for the same household is a slip of the
 * thumb and does nothing.
 */
export async function repeatHelp(card: Card): Promise<void> {
	if (!card.last_help || isRepeated(card.household.id)) return;
	const mine: typeof repeated = { id: card.household.id };
	repeated = mine;
	const { topics, place, outcome, people_helped, people_by_group } = card.last_help;
	const { newId } = await import('$lib/domain/id');
	const edit: Edit = {
		kind: 'visit',
		record_id: newId(),
		group_id: card.household.group_id,
		base: null,
		fields: {
			household_id: card.household.id,
			day: today(),
			place,
			topics,
			outcome,
			people_helped,
			people_by_group,
			barriers: [],
			campaign: '',
			follow_up_on: null,
			note: ''
		}
	};
	try {
		mine.message = await saveWithUndo(card.household.label, [edit]);
	} catch (error) {
		repeated = null;
		toast.show({ text: storageProblem(error) });
	}
}

/** Whether it is being kept just now, or the message that it is kept still stands. */
function isRepeated(household_id: string): boolean {
	if (repeated?.id !== household_id) return false;
	return !repeated.message || repeated.message === toast.current;
}

/**
 * Saves new records on the phone, says so at once, and offers to take them back.
 * @param draft the form that they were filled into, which is done with
 * @returns the message that says so
 */
export async function saveWithUndo(
	name: string,
	edits: Edit[],
	draft?: { save(edits: Edit[]): Promise<void> }
): Promise<ToastMessage> {
	await (draft ?? phone).save(edits);
	const message = {
		text: m.visit_saved_for({ name }),
		action: { label: m.common_undo(), run: () => void undo(edits) }
	};
	toast.show(message);
	return message;
}

/** The sentence for an error that saving threw; anything but a storage problem is a bug and goes on. */
export function storageProblem(error: unknown): string {
	if (!(error instanceof DeviceError)) throw error;
	return error.code === 'storage_full' ? m.storage_full() : m.storage_failed();
}

async function undo(edits: Edit[]) {
	await phone.undo(...edits.map((edit) => edit.record_id));
	toast.show({ text: m.visit_undone() });
}
