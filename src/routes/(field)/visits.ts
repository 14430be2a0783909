import { phone } from '$lib/device/phone.svelte';
import { DeviceError } from '$lib/device/problem';
import type { Edit } from '$lib/domain/change';
import { today } from '$lib/domain/day';
import { m } from '$lib/i18n/paraglide/messages';
import { toast } from '$lib/ui/toast.svelte';

type Card = (typeof phone.households)[number];

/**
 * Logs the last help of a household once more, today. One tap: the undo in the message takes the
 * place of a question.
 */
export async function repeatHelp(card: Card): Promise<void> {
	if (!card.last_help) return;
	const { topics, place, outcome, people_helped, people_by_group } = card.last_help;
	const { newId } = await import('$lib/domain/id');
	await saveWithUndo(card.household.label, [
		{
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
		}
	]).catch((error: unknown) => toast.show({ text: storageProblem(error) }));
}

/**
 * Saves new records on the phone, says so at once, and offers to take them back.
 * @param draft the form that they were filled into, which is done with
 */
export async function saveWithUndo(
	name: string,
	edits: Edit[],
	draft?: { save(edits: Edit[]): Promise<void> }
): Promise<void> {
	await (draft ?? phone).save(edits);
	toast.show({
		text: m.visit_saved_for({ name }),
		action: { label: m.common_undo(), run: () => void undo(edits) }
	});
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
