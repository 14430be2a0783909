import { m } from '$lib/i18n/paraglide/messages';

const ACTS: Record<string, () => string> = {
	add_person: m.audit_act_add_person,
	change_person: m.audit_act_change_person,
	add_membership: m.audit_act_add_membership,
	end_membership: m.audit_act_end_membership,
	add_team: m.audit_act_add_team,
	import_units: m.audit_act_import_units,
	invite: m.audit_act_invite,
	withdraw_invitation: m.audit_act_withdraw_invitation,
	join: m.audit_act_join,
	set_password: m.audit_act_set_password,
	sign_in: m.audit_act_sign_in,
	revoke_device: m.audit_act_revoke_device,
	change_role: m.audit_act_change_role,
	import_members: m.audit_act_import_members,
	change_team: m.audit_act_change_team,
	end_team: m.audit_act_end_team,
	block_phone: m.audit_act_block_phone,
	unblock_phone: m.audit_act_unblock_phone,
	disable_person: m.audit_act_disable_person,
	enable_person: m.audit_act_enable_person,
	set_unit_words: m.audit_act_set_unit_words,
	import_plan: m.audit_act_import_plan,
	save_observation: m.audit_act_save_observation,
	save_target: m.audit_act_save_target,
	save_line: m.audit_act_save_task,
	make_poster: m.audit_act_make_poster,
	import_households: m.audit_act_import_households,
	publish_figures: m.audit_act_publish_figures,
	withdraw_figures: m.audit_act_withdraw_figures
};

/** What was done, in words; the code of a newer server's act itself. */
export function actText(act: string): string {
	return ACTS[act]?.() ?? act;
}
