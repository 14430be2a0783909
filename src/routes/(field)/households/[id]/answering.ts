import { phone } from '$lib/device/phone.svelte';
import { openRequestsOf } from '$lib/device/requests';
import type { Edit } from '$lib/domain/change';
import { today } from '$lib/domain/day';
import type { HelpRequest } from '$lib/domain/request';
import { m } from '$lib/i18n/paraglide/messages';
import { toast } from '$lib/ui/toast.svelte';
import { reopenRequest } from '../../log/requests/acts';

type Card = (typeof phone.households)[number];

/** The requests for help that somebody has not ended yet, of a household and what was merged into it. */
export function askedAt(card: Card): HelpRequest[] {
	const ids = [card.household, ...card.merged].map(({ id }) => id);
	return phone.work ? openRequestsOf(phone.work.device, ids) : [];
}

/**
 * Saves a visit, what was done in it, and the requests that it answers, all or nothing. The undo takes
 * the visit back and opens the requests again.
 * @param edits the visit first
 */
export async function saveAnswering(
	name: string,
	edits: Edit[],
	requests: HelpRequest[],
	draft: { save(edits: Edit[]): Promise<void> }
): Promise<void> {
	const visit_id = edits[0]?.record_id ?? null;
	// Whoever did it took it.
	const me = phone.me?.person_id ?? null;
	const ended = requests.map(({ id, group_id, seq, taken_by }): Edit => ({
		...{ kind: 'request', record_id: id, group_id, base: seq },
		fields: { ended_as: 'done', ended_on: today(), visit_id, taken_by: taken_by ?? me }
	}));
	await draft.save([...edits, ...ended]);
	toast.show({
		text: m.visit_saved_for({ name }),
		action: { label: m.common_undo(), run: () => void undo(edits, requests) }
	});
}

async function undo(edits: Edit[], requests: HelpRequest[]) {
	await phone.undo(...edits.map(({ record_id }) => record_id));
	for (const request of requests) await reopenRequest(request);
	toast.show({ text: m.visit_undone() });
}
