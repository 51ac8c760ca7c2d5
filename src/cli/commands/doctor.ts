/** `gan doctor`: checks whether this machine can train, and reports why not. */

import type { DoctorLine } from '../../shared/cli-protocol';
import type { GanCommand } from '../command';
import { EXIT } from '../command';
import { doctorChecks } from '../doctor-checks';
import { verdictOf } from '../doctor-verdict';
import { t, translated } from '../texts';

export const doctor: GanCommand = {
  name: 'doctor',
  define(command, { output }) {
    command
      .description(t('Check whether this machine is ready to train.'))
      .option('--json', t('print one JSON object per line'))
      .action(async (options: { json?: boolean }) => {
        output.json = options.json === true;
        const records: DoctorLine[] = [];
        // Emitted immediately, so that an engine that crashes the process does not lose the earlier results.
        for await (const record of doctorChecks()) {
          output.emit(record);
          records.push(record);
        }
        const verdict = verdictOf(records);
        output.emit(verdict);
        output.say(translated(verdict.said));
        for (const { ok, said } of records) output.say(`${ok ? '✓' : '✗'} ${translated(said)}`);
        process.exitCode = verdict.ok ? EXIT.done : EXIT.failed;
      });
  },
};
