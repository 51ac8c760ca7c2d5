import { Command, CommanderError } from 'commander';
import { afterEach, describe, expect, it } from 'vitest';
import { translateHelp } from './help';
import { speak } from './texts';

afterEach(() => speak('en'));

/** What the command prints for these arguments. */
function printed(...args: string[]): string {
  let text = '';
  const write = (part: string): void => {
    text += part;
  };
  const program = new Command('gan');
  translateHelp(program);
  program.configureOutput({ writeOut: write, writeErr: write }).exitOverride();
  program
    .command('train')
    .argument('<file>', '文件')
    .requiredOption('--steps <n>', '步数')
    .option('--seed <n>', '种子', '0')
    .exitOverride()
    .action(() => undefined);
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
  }
  return text;
}

describe('wrong usage', () => {
  it.each([
    [['train', 'a', '--steps', '1', '--sead', '2'], 'Unknown option: --sead', '未知选项：--sead'],
    [['trane'], 'Unknown command: trane', '未知命令：trane'],
    [['train', '--steps', '1'], 'Missing argument: file', '缺少参数：file'],
    [['train', 'a', '--steps'], 'Missing value of the option --steps <n>', '选项 --steps <n> 缺少值'],
    [['train', 'a'], 'Missing option: --steps <n>', '缺少选项：--steps <n>'],
    [
      ['train', 'a', 'b', '--steps', '1'],
      'Too many arguments: 2 instead of 1',
      '参数过多：应为 1 个，实际 2 个',
    ],
  ])('%j: %s', (args, english, chinese) => {
    expect(printed(...args).split('\n')[0]).toBe(english);
    speak('zh-cn');
    expect(printed(...args).split('\n')[0]).toBe(chinese);
  });

  it('names what is similar, and where to read on', () => {
    speak('zh-cn');
    expect(printed('trane')).toBe('未知命令：trane\n是否指 train？\n命令与选项请参阅 `gan --help`。\n');
  });
});

it('says all of the help in the language', () => {
  speak('zh-cn');
  expect(printed('train', '--help')).toBe(
    [
      '用法： gan train [选项] <file>',
      '',
      '参数：',
      '  file         文件',
      '',
      '选项：',
      '  --steps <n>  步数',
      '  --seed <n>   种子（默认：0）',
      '  -h, --help   显示命令的帮助',
      '',
    ].join('\n'),
  );
});
