import { vietnameseOrder } from '$lib/i18n/formats';

/** By which column, and from the largest down. */
export type Order = { by: string; down: boolean };

export type Sortable = string | number | null;

/**
 * The rows in the order of a column: names as a Vietnamese dictionary has them (Đ after D) with
 * "Tổ 3" before "Tổ 10", numbers by size. A missing value stays at the end in both directions: it
 * is neither the smallest nor the largest. Rows that are equal keep the order they came in.
 */
export function inOrder<Row>(
	rows: Row[],
	valueOf: (row: Row, by: string) => Sortable,
	{ by, down }: Order
): Row[] {
	return [...rows].sort((a, b) => compare(valueOf(a, by), valueOf(b, by), down));
}

function compare(a: Sortable, b: Sortable, down: boolean): number {
	if (a === null || b === null) return Number(a === null) - Number(b === null);
	const up =
		typeof a === 'number' && typeof b === 'number'
			? a - b
			: vietnameseOrder.compare(String(a), String(b));
	return down ? -up : up;
}

/** The order written in an address, `coverage` or `-coverage`; the fallback for an unknown column. */
export function orderAsked(text: string | null, columns: string[], fallback: string): Order {
	const down = text?.startsWith('-') ?? false;
	const by = down ? text?.slice(1) : text;
	return by && columns.includes(by) ? { by, down } : { by: fallback, down: false };
}

export function orderText({ by, down }: Order): string {
	return down ? `-${by}` : by;
}

/** The order after a press on a column's heading: that column, or the other way round. */
export function pressed(order: Order, by: string): Order {
	return { by, down: order.by === by && !order.down };
}
