/** `npm run test:install`: installs the host ahead of the tests, for a machine that prepares itself. */
import { installHost } from './install';
import { chosenHost } from './versions';

console.log(`VS Code host: ${installHost(chosenHost()).entry}`);
