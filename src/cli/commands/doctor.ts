/** `gan doctor`: whether this machine can train, and if not, why. */

import type { DoctorLine } from '../../shared/cli-protocol';
import { formatText } from '../../shared/localizable-text';
import type { GanCommand } from '../command';
import { EXIT } from '../command';
import { doctorChecks } from '../doctor-checks';
import { verdictOf } from '../doctor-verdict';

export const doctor: GanCommand = {
  name: 'doctor',
  define(command, { output }) {
    command
      .description('Check whether this machine is ready to train.')
      .option('--json', 'print one JSON object per line')
      .action(async (options: { json?: boolean }) => {
        output.json = options.json === true;
        const records: DoctorLine[] = [];
        // Each is emitted at once: an engine that ends the process does not take the others with it.
        for await (const record of doctorChecks()) {
          output.emit(record);
          records.push(record);
        }
        const verdict = verdictOf(records);
        output.emit(verdict);
        output.say(formatText(verdict.said));
        for (const { ok, said } of records) output.say(`${ok ? '✓' : '✗'} ${formatText(said)}`);
        process.exitCode = verdict.ok ? EXIT.done : EXIT.failed;
      });
  },
};
