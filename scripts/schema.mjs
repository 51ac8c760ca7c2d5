// `npm run schema`: generates the JSON schemas in schemas/ from the zod schemas of experiments and sweeps. `npm run schema -- --check`
// only reports whether they are up to date.
import { loadSource } from './load-source.mjs';
import { reportUntranslated, writeGenerated } from './write-generated.mjs';

const { schemaFiles, missingTranslations } = await loadSource(`export * from './src/sweep/schema-files';`);
writeGenerated(Object.entries(schemaFiles()));
reportUntranslated(missingTranslations());
