/** A household as a document, in the order of labels. */
export function homeDoc<H extends { id: string; label: string }>(home: H) {
	return { _id: `household:${home.label}:${home.id}`, ...home };
}

/** A visit as a document, those to one household side by side. */
export function visitDoc<V extends { id: string; household_id: string | null }>(visit: V) {
	return { _id: `visit:${visit.household_id}:${visit.id}`, ...visit };
}
