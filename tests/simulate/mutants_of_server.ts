import type { Mutant } from './mutant';
export const MUTANTS_OF_SERVER: Mutant[] = [];
