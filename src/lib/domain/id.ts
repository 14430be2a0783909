import { v7 } from 'uuid';

/** A new id, made on the phone, unique without asking anyone; roughly sorted by time. */
export function newId(): string {
	return v7();
}
