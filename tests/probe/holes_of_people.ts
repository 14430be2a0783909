import { edit, type Hole } from './hole';

/** Mistakes in what is done to people, teams, phones and passwords. */
export const PEOPLE_HOLES: Hole[] = [
	edit(
		'a lost phone is blocked by anybody',
		'app.block_phone',
		"(its.person_id <> me and not app.may_manage(its.person_id, 'password'))",
		'false'
	),
	edit(
		'the people to invite are told to who may not invite them',
		'app.uninvited',
		"app.may_manage(m.person_id, 'device')",
		'true'
	),
	edit(
		'numbers to call are told to whoever sees the phones',
		'app.members_in_reach',
		't.looked_after and t.called and p.person_id <> me.person_id',
		'true'
	),
	edit(
		'a team is made in groups of others',
		'app.settle_groups',
		"'leader' not in (select app.may_give(p_team_id))",
		'false'
	),
	{
		...edit(
			'coordinators appoint members (each of its two guards would do)',
			'app.may_give',
			" and v.verb = 'manage_people'",
			''
		),
		sql: `insert into app.role_gives (role, gives) values ('area_coordinator', 'member')`
	},
	{
		name: 'leaders appoint leaders',
		sql: `insert into app.role_gives (role, gives) values ('leader', 'leader')`
	},
	edit(
		'a leader appoints in every team',
		'app.may_give',
		'where coalesce(m.team_id, m.unit_id) in (select app.place_holds(city, p_place_id))',
		''
	),
	edit(
		'staff counts on a phone',
		'app.my_memberships',
		" and (r.signs_in = 'invitation' or me.kind <> 'device')",
		''
	),
	edit(
		'an invitation into rights that one does not give',
		'app.invite',
		'not app.may_manage((m.held).person_id',
		'false and not app.may_manage((m.held).person_id'
	),
	edit(
		'the team list ignores scope',
		'app.teams',
		'tg.group_id in (select r.group_id from reach r)',
		'true'
	),
	edit('the audit log for everybody', 'app.audit', "not app.i_may('read_audit')", 'false'),
	edit(
		'anybody ends a place',
		'app.close_membership',
		'or closed.role not in (select app.may_give(coalesce(closed.team_id, closed.unit_id)))',
		''
	),
	edit(
		'staff is appointed without the password of a moment ago',
		'app.add_membership',
		"if place <> 'team' then",
		'if false then'
	),
	edit(
		"anybody's name is changed",
		'app.change_person',
		"not app.may_manage(p_person_id, 'password')",
		'false'
	),
	edit(
		'anybody is shut out',
		'app.disable_person',
		"not app.may_manage(p_person_id, 'password')",
		'false'
	),
	edit(
		'staff is shut out without the password of a moment ago',
		'app.disable_person',
		'perform app.require_fresh();',
		''
	),
	edit(
		'whoever looks after the phone of an officer shuts the officer out',
		'app.disable_person',
		"app.may_manage(p_person_id, 'password')",
		"app.may_manage(p_person_id, 'device')"
	),
	edit(
		'anybody ends the sessions of anybody',
		'app.revoke',
		"p_person_id is distinct from me and not app.may_manage(p_person_id, 'password')",
		'false'
	),
	edit(
		'where somebody is signed in is told to anybody',
		'app.signed_in',
		"p_person_id is distinct from me and not app.may_manage(p_person_id, 'password')",
		'false'
	),
	edit(
		'invitations are withdrawn by anybody',
		'app.withdraw_invitations',
		'not app.may_manage(held.person_id, held.kind)',
		'false'
	),
	edit(
		'the disabled come in by an invitation',
		'app.open_invitation',
		' and p.disabled_at is null',
		''
	),
	edit(
		'the people of any team are told',
		'app.place_people',
		'where coalesce(m.team_id, m.unit_id) in (select app.place_holds(city, p_place_id))',
		''
	),
	edit(
		'staff of every unit is told to whoever sees the people of one',
		'app.staff',
		'lateral app.units_below(city, mine.units, day) b',
		'lateral (select u.unit_id as b from app.units u where u.city_id = city) b'
	),
	edit(
		'members are imported into every team of the city',
		'app.givable',
		'lateral app.units_below(city, array[m.unit_id], day) below',
		'lateral (select x.unit_id as below from app.units x where x.city_id = city) every'
	),
	{
		name: 'a password is changed in a session that has ended (each of its two guards would do)',
		edits: [
			{ fn: 'app.change_password', from: 'and app.is_live(s) and', to: 'and' },
			{ fn: 'app.sign_in_name_of_session', from: ' and app.is_live(s)', to: '' }
		]
	},
	edit(
		'a password is changed in a session that heard none lately',
		'app.change_password',
		"or mine.signed_in_at < now() - interval '15 minutes'",
		''
	)
];
