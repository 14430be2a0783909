import { raw } from './raw';

export default raw('relaxed');
