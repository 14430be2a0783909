import type { UnitTreeAnswer } from '$lib/data/unit_answers';
import { fold, matches } from '$lib/domain/text';
import type { Level } from '$lib/domain/unit';
import { vietnameseOrder } from '$lib/i18n/formats';

/** A unit on a day, with what stands under it. */
export type UnitNode = {
	id: string;
	parent_id: string | null;
	level: Level;
	kind: string;
	name: string;
	code: string | null;
	counted: boolean;
	households: number | null;
	adults: number | null;
	children: UnitNode[];
};

export type Tree = {
	/** What stands under nothing: the city, or the cities before they became one. */
	roots: UnitNode[];
	/** Wards and groups whose place above is not known on this day. */
	lost: UnitNode[];
	byId: Map<string, UnitNode>;
};

/** The rows of a day as a tree, each branch in the order of the Vietnamese alphabet. */
export function treeOf(answer: UnitTreeAnswer): Tree {
	const byId = new Map(answer.unit_id.map((id, at) => [id, nodeOf(answer, id, at)]));
	const top: UnitNode[] = [];
	for (const node of byId.values()) {
		const parent = node.parent_id === null ? undefined : byId.get(node.parent_id);
		(parent?.children ?? top).push(node);
	}
	for (const node of byId.values()) node.children.sort(byName);
	top.sort(byName);
	return {
		roots: top.filter(({ level }) => level === 'city'),
		lost: top.filter(({ level }) => level !== 'city'),
		byId
	};
}

function nodeOf(answer: UnitTreeAnswer, id: string, at: number): UnitNode {
	return {
		id,
		parent_id: answer.parent_id[at] ?? null,
		level: answer.level[at] ?? 'group',
		kind: answer.kind[at] ?? '',
		name: answer.name[at] ?? '',
		code: answer.code[at] ?? null,
		counted: answer.counted[at] ?? true,
		households: answer.households[at] ?? null,
		adults: answer.adults[at] ?? null,
		children: []
	};
}

function byName(a: UnitNode, b: UnitNode): number {
	return vietnameseOrder.compare(a.name, b.name);
}

/**
 * The units that a query finds, by name or by code, with or without marks. Those whose name holds the
 * query as it was typed, marks and all, come first; wide units before small ones.
 */
export function found(tree: Tree, query: string): UnitNode[] {
	const typed = query.trim().normalize('NFC').toLowerCase();
	if (typed === '') return [];
	const exact = ({ name }: UnitNode) => name.toLowerCase().includes(typed);
	return [...tree.byId.values()]
		.filter(({ name, code }) => matches(fold(name), query) || code === typed)
		.sort((a, b) => Number(exact(b)) - Number(exact(a)) || rank(a) - rank(b) || byName(a, b));
}

function rank({ level }: UnitNode): number {
	return ['city', 'area', 'ward', 'group'].indexOf(level);
}

/** The units above one, from the widest down. */
export function above(tree: Tree, node: UnitNode): UnitNode[] {
	const parent = node.parent_id === null ? undefined : tree.byId.get(node.parent_id);
	return parent ? [...above(tree, parent), parent] : [];
}

/** How many units of each level there are. */
export function countsOf(tree: Tree): Record<Level, number> {
	const counts: Record<Level, number> = { city: 0, area: 0, ward: 0, group: 0 };
	for (const { level } of tree.byId.values()) counts[level] += 1;
	return counts;
}
