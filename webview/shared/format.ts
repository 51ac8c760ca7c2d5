/** Human-readable numbers. */
export { formatCount, formatDuration, formatValue } from '../../src/shared/number-text';
