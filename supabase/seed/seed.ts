/** What a real city starts with. The invented one is `demo/seed.ts`. */
export { seedCatalogue } from './catalogue';
export { seedGuides } from './guides';
export { daNang, type City } from './city';
export type { SeedDatabase } from './database';
export { seedPlans } from './plans/seed';
export { seedUnits } from './units/seed';
