import { expect, it } from 'vitest';
import { doctorReport } from './doctor-report';

it('tells each record in a line and keeps what is none', () => {
  const output = [
    '{"type":"machine","workbench":"0.1.0","threads":2}',
    'a warning of the runtime',
    '{"type":"engine","name":"onnx","ok":false,"problem":"no such library"}',
    '',
  ].join('\n');
  expect(doctorReport(output)).toEqual([
    { text: 'machine: workbench 0.1.0, threads 2', isProblem: false },
    { text: 'a warning of the runtime', isProblem: false },
    { text: 'engine: name onnx, problem no such library', isProblem: true },
  ]);
});
