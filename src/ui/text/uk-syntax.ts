import { sayIn, type Sentences } from './said';

/** What the player says of code that cannot be read (`runtime/syntax-words.ts`); the log has it in English. */
const sentences: Sentences = [
  [/^The file ends before the "(.+)" of line (\d+) is closed\.$/, 'Файл закінчується, а «$1» з рядка $2 не закрито.'],
  [/^The file ends too early\.$/, 'Файл закінчується зарано.'],
  [/^The file ends where "(.+)" is missing\.$/, 'Файл закінчується там, де бракує «$1».'],
  [
    /^Unexpected "(.+)": "," is missing before it, or the "(.+)" that closes line (\d+)\.$/,
    'Неочікуване «$1»: перед ним бракує «,» або «$2», що закриває рядок $3.',
  ],
  [/^Unexpected "(.+)": "(.+)" is missing before it\.$/, 'Неочікуване «$1»: перед ним бракує «$2».'],
  [/^Unexpected "(.+)": the "(.+)" of line (\d+) is not closed\.$/, 'Неочікуване «$1»: не закрито «$2» з рядка $3.'],
  [/^Unexpected "(.+)"\.$/, 'Неочікуване «$1».'],
];

/** What a parser says in words of its own stays as it is. */
export const ukSyntax = sayIn(sentences);
