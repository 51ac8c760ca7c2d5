import { expect, it } from 'vitest';
import { formatText } from '../../shared/localizable-text';
import { doctorReport } from './doctor-report';

it('has the verdict at its top, then the problems, then the rest, and keeps what is no record', () => {
  const output = [
    '{"type":"machine","ok":true,"said":{"text":"{0} threads","values":[2]}}',
    'a warning of the runtime',
    '{"type":"engine","name":"onnx","ok":false,"said":{"text":"{0} does not work","values":["onnx"]}}',
    '{"type":"verdict","ok":true,"said":{"text":"Ready to train","values":[]}}',
    '',
  ].join('\n');
  expect(doctorReport(output, formatText)).toEqual([
    { text: 'Ready to train', isProblem: false },
    { text: 'onnx does not work', isProblem: true },
    { text: '2 threads', isProblem: false },
    { text: 'a warning of the runtime', isProblem: false },
  ]);
});
