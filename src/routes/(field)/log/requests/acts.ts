import { phone } from '$lib/device/phone.svelte';
import type { Edit } from '$lib/domain/change';
import { today } from '$lib/domain/day';
import type { HelpRequest, RequestFields } from '$lib/domain/request';
import { m } from '$lib/i18n/paraglide/messages';
import { toast } from '$lib/ui/toast.svelte';
import { storageProblem } from '../../visits';

/** Says for the whole team that I go there, or that I do not. */
export function takeRequest(request: HelpRequest, takes: boolean): Promise<void> {
	return keep(request, { taken_by: takes ? (phone.me?.person_id ?? null) : null });
}

/** Says whose door it is; with `others`, what has to be there before. */
export function placeRequest(
	request: HelpRequest,
	household_id: string | null,
	others: Edit[] = []
): Promise<void> {
	return keep(request, { household_id }, others);
}

/** Ends a request, and offers to open it again. */
export async function endRequest(
	request: HelpRequest,
	ended_as: string,
	visit_id: string | null = null
): Promise<void> {
	// Whoever did it took it; closing it without a visit is nobody's deed.
	const me = ended_as === 'done' ? (phone.me?.person_id ?? null) : null;
	const taken_by = request.taken_by ?? me;
	await keep(request, { ended_as, ended_on: today(), visit_id, taken_by });
	toast.show({
		text: ended_as === 'done' ? m.request_finished() : m.request_was_closed(),
		action: { label: m.common_undo(), run: () => void reopenRequest(request) }
	});
}

export function reopenRequest(request: HelpRequest): Promise<void> {
	return keep(request, {
		ended_as: '',
		ended_on: null,
		visit_id: null,
		taken_by: request.taken_by
	});
}

async function keep(
	{ id, group_id }: HelpRequest,
	fields: Partial<RequestFields>,
	others: Edit[] = []
) {
	// As it stands now: an undo comes after a change that has got a number since.
	const base = phone.work?.device.record(id)?.seq ?? null;
	try {
		await phone.save([...others, { kind: 'request', record_id: id, group_id, base, fields }]);
	} catch (error) {
		toast.show({ text: storageProblem(error) });
	}
}
