import { describe, expect, test } from 'vitest'
import { findings } from './support.js'

/** A text, and what is said of it: `line:column: message <underlined text> help: …`. */
type Row = readonly [text: string, ...findings: string[]]

const rows: Readonly<Record<string, readonly Row[]>> = {
  'what only shells do': [
    [
      'a & b',
      '1:3: `&` (a command in the background) is not supported <&> help: end the command with `;`, or write `>(…)` or `<(…)` for what is to run at the same time',
    ],
    [
      'sleep 5 &',
      '1:9: `&` (a command in the background) is not supported <&> help: end the command with `;`, or write `>(…)` or `<(…)` for what is to run at the same time',
    ],
    [
      'if true; then a; fi; b',
      '1:1: `if` (control flow) is not supported <if> help: join commands by their status: `test … && command || other`',
    ],
    [
      'for x in a b; do echo $x; done | sort',
      '1:1: `for` (control flow) is not supported <for> help: let a tool go over the lines: `xargs`, `sed`; or write it in TypeScript',
    ],
    [
      'while read x; do if a; then b; fi; done < f; c | | d',
      '1:1: `while` (control flow) is not supported <while> help: let a tool go over the lines: `xargs`, `sed`; or write it in TypeScript',
      '1:48: there is no command after `|` <|> help: write one, or remove the `|`',
    ],
    [
      'until a; do b; done',
      '1:1: `until` (control flow) is not supported <until> help: let a tool go over the lines: `xargs`, `sed`; or write it in TypeScript',
    ],
    [
      'case $x in a) b;; (*) c;; esac; d | | e',
      '1:1: `case` (control flow) is not supported <case> help: choose by status: `grep -q PATTERN && command`; or write it in TypeScript',
      '1:35: there is no command after `|` <|> help: write one, or remove the `|`',
    ],
    [
      'select x in a; do b; done',
      '1:1: `select` (control flow) is not supported <select> help: let a tool go over the lines: `xargs`, `sed`; or write it in TypeScript',
    ],
    ['function f { a; }', '1:1: `function` is not supported <function> help: write `name() { …; }`'],
    ['function f() { a; }; b', '1:1: `function` is not supported <function> help: write `name() { …; }`'],
    [
      '[[ a == (b|c) && d ]] && c',
      '1:1: `[[ … ]]` is not supported <[[ a == (b|c) && d ]]> help: write `test …` or `[ … ]`',
    ],
    [
      '((i++))',
      '1:1: `((…))` (arithmetic) is not supported <((i++))> help: compare with `test`, compute with `expr` or `awk`; for two subshells put a blank between: `( (`',
    ],
    [
      'echo $((1+(2*3)))',
      '1:6: `$((…))` (arithmetic) is not supported <$((1+(2*3)))> help: compute with `expr` or `awk`: `$(expr 1 + 2)`; for a subshell put a blank between: `$( (`',
    ],
    [
      'echo "$[1+2]"',
      '1:7: `$[…]` (arithmetic) is not supported <$[> help: compute with `expr` or `awk`: `$(expr 1 + 2)`; for a subshell put a blank between: `$( (`',
    ],
    [
      'cat <<EOF\na $( b\nEOF\nb | | c',
      "1:5: `<<` (a here-document) is not supported <<<EOF> help: write `<<< 'text'`, which may have several lines, or read a file: `< FILE`",
      '4:3: there is no command after `|` <|> help: write one, or remove the `|`',
    ],
    [
      'cat <<-"X" | sort\n\tfoo\n\tX\nd',
      '1:5: `<<` (a here-document) is not supported <<<-"X"> help: write `<<< \'text\'`, which may have several lines, or read a file: `< FILE`',
    ],
    [
      'a=(1 2 3)',
      '1:1: an array is not supported <a=(1 2 3)> help: write one word for each value, or read them from a file',
    ],
    [
      'a[0]=x',
      '1:1: an array is not supported <a[> help: write one word for each value, or read them from a file',
    ],
    [
      'a+=x b',
      '1:1: `+=` is not supported <a+=> help: write `a="$a…"` in front of the command that needs it',
    ],
    [
      'alias x=y',
      '1:1: `alias` is not supported <alias> help: define a function: `name() { command "$@"; }`',
    ],
    [
      'unalias x',
      '1:1: `unalias` is not supported <unalias> help: define a function: `name() { command "$@"; }`',
    ],
    ['echo `date`', '1:6: `` `…` `` is not supported <`date`> help: write `$(…)`'],
    ['echo "a `b` c"', '1:9: `` `…` `` is not supported <`b`> help: write `$(…)`'],
    [
      'a | ! b',
      '1:5: `!` inside a pipeline is not supported <!> help: `!` stands before the whole pipeline and turns its status around',
    ],
    ['! ! a', '1:3: `!` twice is not supported <!> help: leave both out'],
    [
      'X=1',
      '1:1: an assignment without a command is not supported <X=1> help: put it in front of the command that needs it, or declare `param X: string = …`',
    ],
    [
      'X=1 Y=2 > f',
      '1:1: an assignment without a command is not supported <X=1 Y=2 > f> help: put it in front of the command that needs it, or declare `param X: string = …`',
    ],
    ['a;; b', '1:2: `;;` (it belongs to `case`) is not supported <;;> help: end a command with one `;`'],
    ['coproc a', '1:1: `coproc` is not supported <coproc> help: write `>(…)` or `<(…)`'],
    [
      'time a | b',
      '1:1: `time` is not supported <time> help: run the spec with `--stats`, which shows the time of each stage',
    ],
    ['then', "1:1: `then` belongs to no construct <then> help: quote it if it is a command's name: `'then'`"],
    ['a; fi; b', "1:4: `fi` belongs to no construct <fi> help: quote it if it is a command's name: `'fi'`"],
  ],
  expansions: [
    [
      'echo ${x%y} ${x##*/} ${x/a/b} ${x:=d} ${x=d} ${x:1:2}',
      '1:6: `${x%…}` is not supported <${x%y}> help: let a tool do it: `basename`, `dirname`, `sed`',
      '1:13: `${x#…}` is not supported <${x##*/}> help: let a tool do it: `basename`, `cut`, `sed`',
      '1:22: `${x/…}` is not supported <${x/a/b}> help: let a tool do it: `sed`, `tr`',
      '1:31: `${x:=…}` is not supported <${x:=d}> help: nothing is assigned here: write `${NAME:-word}`, or declare a param with a default',
      '1:39: `${x=…}` is not supported <${x=d}> help: nothing is assigned here: write `${NAME:-word}`, or declare a param with a default',
      '1:46: `${x:…}` is not supported <${x:1:2}> help: let a tool do it: `cut -c`',
    ],
    [
      'echo ${!x} ${x^^} ${x,} ${x@Q} ${} ${#@} ${#-a} ${-} ${@:-a} ${x y}',
      '1:6: `${!…}` is not supported <${!x}> help: name the parameter itself',
      '1:12: `${x^…}` is not supported <${x^^}> help: let a tool do it: `tr a-z A-Z`',
      '1:19: `${x,…}` is not supported <${x,}> help: let a tool do it: `tr A-Z a-z`',
      '1:25: `${x@…}` is not supported <${x@Q}> help: write `"$@"` for all arguments',
      '1:32: `${}` names no parameter <${}> help: write `${NAME}`, `${1}` or `${NAME:-word}`',
      '1:36: `${#@}…}` is not supported <${#@}> help: write `"$@"` for all arguments',
      '1:42: `${#-…}` is not supported <${#-a}> help: write `${NAME}` and let a tool do the rest',
      '1:49: `$-` is not supported <${-}> help: leave it out: there are no shell options',
      '1:54: `${@:…}` is not supported <${@:-a}> help: write `"$@"` for all arguments',
      '1:62: `${x …}` is not supported <${x y}> help: write `${NAME}` and let a tool do the rest',
    ],
    [
      'a $$ $? $! $- $_',
      '1:3: `$$` is not supported <$$> help: make a temporary file with `mktemp`',
      '1:6: `$?` is not supported <$?> help: use the status itself: `a && b` runs b when a went well, `a || b` when it failed',
      '1:9: `$!` is not supported <$!> help: nothing runs in the background; see `>(…)`',
      '1:12: `$-` is not supported <$-> help: leave it out: there are no shell options',
      '1:15: `$_` is not supported <$_> help: write the word again',
    ],
    ['$"a"', '1:1: `$"…"` (a translated text) is not supported <$> help: remove the `$`'],
    [
      "a $'\\q' $'\\0' $'\\xff\\0' $'\\ud800' $'\\u0000'",
      "1:5: `\\q` is no escape of `$'…'` <\\q> help: write `\\\\` for a backslash",
      "1:11: a NUL byte in a word is not supported <\\0> help: let `printf 'a\\0b'` write it",
      "1:21: a NUL byte in a word is not supported <\\0> help: let `printf 'a\\0b'` write it",
      "1:27: a word that is not UTF-8 is not supported <\\ud800> help: let `printf '\\377'` write the bytes",
      "1:37: a NUL byte in a word is not supported <\\u0000> help: let `printf 'a\\0b'` write it",
    ],
    [
      'a {a,b} {1..3} x{a..c}y',
      '1:3: `{…}` expansion is not supported <{a,b}> help: write the words out; quote it if it is text',
      '1:9: `{…}` expansion is not supported <{1..3}> help: write the words out; quote it if it is text',
      '1:17: `{…}` expansion is not supported <{a..c}> help: write the words out; quote it if it is text',
    ],
    [
      'a {x,[{1..2}]',
      '1:7: `{…}` expansion is not supported <{1..2}> help: write the words out; quote it if it is text',
    ],
    [
      'a [$x] ["$x"]',
      '1:3: an expansion inside of `[…]` is not supported <[> help: quote the word if it is text',
      '1:8: an expansion inside of `[…]` is not supported <[> help: quote the word if it is text',
    ],
    [
      'a b=~/x c=d:~',
      '1:5: `~` inside of an argument, which shells read in different ways, is not supported <~> help: write `"$HOME"`, or quote it: `\\~`',
      '1:13: `~` inside of an argument, which shells read in different ways, is not supported <~> help: write `"$HOME"`, or quote it: `\\~`',
    ],
    [
      'a ~+ ~-/x ~1 ~:',
      "1:3: `~+` (a directory of the shell's) is not supported <~+> help: write the path, or quote the `~`",
      "1:6: `~-` (a directory of the shell's) is not supported <~-> help: write the path, or quote the `~`",
      "1:11: `~1` (a directory of the shell's) is not supported <~1> help: write the path, or quote the `~`",
      '1:14: `~` inside of an argument, which shells read in different ways, is not supported <~> help: write `"$HOME"`, or quote it: `\\~`',
    ],
    [
      'a > *.txt 2> [a]',
      "1:5: a pattern in a redirection is not supported <*> help: write the file's name, or quote it if the name has these characters",
      "1:14: a pattern in a redirection is not supported <[a]> help: write the file's name, or quote it if the name has these characters",
    ],
    [
      '"${u:-$\'x\'}"',
      '1:8: `\'` inside of `"${…}"`, which shells read in different ways, is not supported <\'> help: put it in double quotes: `"\'"`',
      '1:10: `\'` inside of `"${…}"`, which shells read in different ways, is not supported <\'> help: put it in double quotes: `"\'"`',
    ],
    [
      '${x:-<(a)}',
      '1:6: a process substitution inside of `${…}` is not supported <<(a)> help: quote it if it is text',
    ],
    [
      '"${u:-it\'s}"',
      '1:9: `\'` inside of `"${…}"`, which shells read in different ways, is not supported <\'> help: put it in double quotes: `"\'"`',
    ],
  ],
  'brackets and quotes': [
    [
      "echo 'abc",
      "1:6: `'` is never closed <'> help: add the closing `'`; inside of single quotes nothing can stand for it",
    ],
    [
      'echo "abc',
      '1:6: `"` is never closed <"> help: add the closing `"`; inside of the quotes write `\\"` for one',
    ],
    [
      "a $'b",
      "1:3: `$'` is never closed <$'> help: add the closing `'`; inside of the quotes write `\\'` for one",
    ],
    ['echo "a $(b', '1:9: `$(` is never closed <$(> help: close it with `)`'],
    ['a $(b', '1:3: `$(` is never closed <$(> help: close it with `)`'],
    ['( a', '1:1: `(` is never closed <(> help: close it with `)`, or quote it'],
    ['{ a', '1:1: `{` is never closed <{> help: close it with `; }`: before `}` stands a `;` or a new line'],
    [
      '{ a }',
      '1:1: `{` is never closed <{> help: close it with `; }`: before `}` stands a `;` or a new line',
    ],
    ['a )', '1:3: `)` closes nothing <)> help: quote it to pass it on as text'],
    ['} ; a', '1:1: `}` closes nothing <}> help: a `{` that opens a group has a blank behind it'],
    [
      '( { a; )',
      '1:3: `{` is never closed <{> help: close it with `; }`: before `}` stands a `;` or a new line',
    ],
    ['{ ( a; }', '1:3: `(` is never closed <(> help: close it with `)`, or quote it'],
    ['{ a; ) }', '1:6: `)` closes nothing <)> help: quote it to pass it on as text'],
    ['a <(b', '1:3: `<(` is never closed <<(> help: close it with `)`'],
    ['a >(b', '1:3: `>(` is never closed <>(> help: close it with `)`'],
    ['echo ${x:-', '1:6: `${` is never closed <${> help: close it with `}`'],
    [
      'echo "${x:-"',
      '1:12: `"` is never closed <"> help: add the closing `"`; inside of the quotes write `\\"` for one',
    ],
    [
      "echo ${x%'",
      "1:10: `'` is never closed <'> help: add the closing `'`; inside of single quotes nothing can stand for it",
    ],
    ['()', '1:1: there is no command in `( )` <()> help: write a command, or leave the brackets out'],
    ['{ }', '1:1: there is no command in `{ }` <{ }> help: write a command, or leave the brackets out'],
    ['a $( )', '1:3: there is no command in `$( )` <$( )> help: write a command, or leave the brackets out'],
    ['{a; }', '1:5: `}` closes nothing <}> help: a `{` that opens a group has a blank behind it'],
    [
      'foo(bar)',
      "1:4: unexpected `(` <(> help: quote it if it is text: `'('`; a command ends with `;` or a new line",
    ],
    [
      'echo a=(b)',
      "1:8: unexpected `(` <(> help: quote it if it is text: `'('`; a command ends with `;` or a new line",
    ],
    ['a \\', '1:3: nothing follows the backslash <\\> help: remove it, or quote it: `\\\\`'],
  ],
  'pipelines and lists': [
    ['a | | b', '1:3: there is no command after `|` <|> help: write one, or remove the `|`'],
    ['a |', '1:3: there is no command after `|` <|> help: write one, or remove the `|`'],
    ['| a', '1:1: there is no command before `|` <|> help: write one, or remove the `|`'],
    ['a &&', '1:3: there is no command after `&&` <&&> help: write one, or remove the `&&`'],
    ['&& a', '1:1: there is no command before `&&` <&&> help: write one, or remove the `&&`'],
    ['a || | b', '1:3: there is no command after `||` <||> help: write one, or remove the `||`'],
    ['; a', '1:1: there is no command before `;` <;> help: write one, or remove the `;`'],
    ['a ; ; b', '1:5: there is no command before `;` <;> help: write one, or remove the `;`'],
    [
      'a\n\n| b',
      '3:1: there is no command before `|` <|> help: a line that begins with `|` goes on with the line before it; no blank line and no `;` stands between',
    ],
    [
      'a;\n| b',
      '2:1: there is no command before `|` <|> help: a line that begins with `|` goes on with the line before it; no blank line and no `;` stands between',
    ],
    ['a\n&& b', '2:1: there is no command before `&&` <&&> help: put the `&&` at the end of the line before'],
    ['!', '1:1: there is no command after `!` <!> help: write one, or remove the `!`'],
    ['! | a', '1:1: there is no command after `!` <!> help: write one, or remove the `!`'],
    [
      'a | )',
      '1:3: there is no command after `|` <|> help: write one, or remove the `|`',
      '1:5: `)` closes nothing <)> help: quote it to pass it on as text',
    ],
    [
      'f() { a; } | b',
      "1:12: unexpected `|` <|> help: quote it if it is text: `'|'`; a command ends with `;` or a new line",
    ],
    ['( a ) b', '1:7: unexpected word after `)` <b> help: end the command before it with `;` or a new line'],
    [
      '{ a; } b | c',
      '1:8: unexpected word after `}` <b> help: end the command before it with `;` or a new line',
    ],
  ],
  redirections: [
    ['a >', "1:3: there is no file name after `>` <>> help: write it, or quote `'>'` if it is text"],
    ['a > | b', "1:3: there is no file name after `>` <>> help: write it, or quote `'>'` if it is text"],
    ['a 2> ; b', "1:3: there is no file name after `>` <2>> help: write it, or quote `'>'` if it is text"],
    ['a <<< ', "1:3: there is no file name after `<<<` <<<<> help: write it, or quote `'<<<'` if it is text"],
    ['a &> f', '1:3: `&>` for both output streams is not supported <&> f> help: write `> FILE 2>&1`'],
    ['a >& f', '1:3: `>&` for both output streams is not supported <>& f> help: write `> FILE 2>&1`'],
    ['a &>> f', '1:3: `&>>` for both output streams is not supported <&>> f> help: write `>> FILE 2>&1`'],
    ['a 2>&x', '1:3: after `>&` stands the number of a descriptor, or `-` <2>&x> help: write `>&1` or so'],
    ['a <& f', '1:3: after `<&` stands the number of a descriptor, or `-` <<& f> help: write `<&1` or so'],
    [
      '{fd}> x cmd',
      '1:1: `{name}` before a redirection is not supported <{fd}> help: write the number: `3>`',
    ],
    [
      '> f',
      '1:1: a redirection without a command is not supported <> f> help: name a command: `cat < FILE`, `true > FILE`',
    ],
  ],
  functions: [
    ['f() a', "1:1: a function's body is missing <f> help: write `name() { …; }`"],
    ['f()', "1:1: a function's body is missing <f> help: write `name() { …; }`"],
    [
      'a-b() { a; }',
      "1:1: a function's name has only letters, digits and `_`, and no digit first <a-b> help: rename the function",
    ],
    [
      'a | f() { b; }',
      '1:5: a function inside of another command is not supported <f> help: define it at the top level, on a line of its own',
    ],
    [
      '{ f() { a; }; }',
      '1:3: a function inside of another command is not supported <f> help: define it at the top level, on a line of its own',
    ],
  ],
  declarations: [
    [
      'param dry-run: bool',
      "1:7: `dry-run` cannot be a parameter's name <dry-run> help: use letters, digits and `_`, and no digit first: `dry_run`",
    ],
    [
      'param x: number',
      '1:10: there is no parameter type `number` <number> help: types: string, int, float, bool, path, duration, size, address, enum(a,b)',
    ],
    [
      'param x:',
      "1:8: the parameter's type is missing <:> help: types: string, int, float, bool, path, duration, size, address, enum(a,b)",
    ],
    ['param x: enum', '1:10: an `enum` lists its values <enum> help: write `enum(a,b)`'],
    ['param x: enum(a,,b)', '1:10: an `enum` lists its values <enum(a,,b)> help: write `enum(a,b)`'],
    ['param x: int(1)', '1:10: an `enum` lists its values <int(1)> help: write `enum(a,b)`'],
    ['param x: int =', "1:14: the default is missing after `=` <=> help: write it; an empty one is `''`"],
    ['param x: string = a b', '1:21: a default is one word <b> help: quote it'],
    [
      'param x: int 3',
      '1:14: unexpected text after the `param` declaration <3> help: a declaration ends at the end of its line',
    ],
    [
      'a; param x: int',
      "1:4: a `param` declaration begins a line <param> help: put it on a line of its own; quote `'param'` for a command",
    ],
    [
      'example {\n  a\n}',
      '1:1: an example says what comes out <example {\n  a\n}> help: write a line `=> "text"` for each line of the output, or `=> exit 1`',
    ],
    [
      'example {\n  => "x"\n  a\n}',
      '3:3: an argument stands after the expected output <a> help: write the arguments first, then the `=>` lines',
    ],
    [
      'example {\n  => $x\n}',
      '2:3: after `=>` stands one line of the output, as one word without expansions, or `exit` and a number <=>> help: quote it: `=> "text"`',
    ],
    [
      'example {\n  => a b\n}',
      '2:8: after `=>` stands one line of the output, as one word without expansions, or `exit` and a number <b> help: quote it: `=> "text"`',
    ],
    [
      'example {\n a > f\n => x\n}',
      '2:4: this redirection in an example is not supported <> f> help: write `< FILE` or `<<< TEXT`, once, for its standard input',
    ],
    [
      'example {\n a < f < g\n => x\n}',
      '2:8: this redirection in an example is not supported << g> help: write `< FILE` or `<<< TEXT`, once, for its standard input',
    ],
    [
      'example {\n a | b\n => x\n}',
      "2:4: unexpected `|` <|> help: quote it if it is text: `'|'`; a command ends with `;` or a new line",
    ],
    [
      'example {\n => "x" }',
      '1:1: this `example` is never closed <example {> help: close it with a `}` on a line of its own',
      '2:9: after `=>` stands one line of the output, as one word without expansions, or `exit` and a number <}> help: quote it: `=> "text"`',
    ],
    [
      'example { # c\n } b',
      '1:1: an example says what comes out <example { # c\n }> help: write a line `=> "text"` for each line of the output, or `=> exit 1`',
      '2:4: unexpected text after the `example` declaration <b> help: a declaration ends at the end of its line',
    ],
    [
      'service a listen :80 | b',
      "1:22: unexpected `|` in a service <|> help: a service is one command; quote its pipeline: `'a | b'`",
    ],
    [
      'service a exec b > f',
      "1:18: unexpected `>` in a service <>> help: a service is one command; quote its pipeline: `'a | b'`",
    ],
    [
      'use ./a.ts ./b.ts',
      '1:12: unexpected text after the `use` declaration <./b.ts> help: a declaration ends at the end of its line',
    ],
  ],
  'the whole text': [
    [
      'a\r\nb\r\n',
      '1:2: a carriage return outside of quotes <\r> help: save the file with LF line ends (`tr -d "\\r"` removes the others)',
    ],
    [
      '\ufeffa',
      '1:1: a byte order mark in front of the text <\ufeff> help: save the file as UTF-8 without one (`tail -c +4` removes it)',
    ],
    ['a \u0000 b', '1:3: the text has a NUL byte <\u0000> help: a spec is text: is this the right file?'],
    [
      'a | | b; c > ; d )\ne &\nf ${x%y} $((1))',
      '1:3: there is no command after `|` <|> help: write one, or remove the `|`',
      "1:12: there is no file name after `>` <>> help: write it, or quote `'>'` if it is text",
      '1:18: `)` closes nothing <)> help: quote it to pass it on as text',
      '2:3: `&` (a command in the background) is not supported <&> help: end the command with `;`, or write `>(…)` or `<(…)` for what is to run at the same time',
      '3:3: `${x%…}` is not supported <${x%y}> help: let a tool do it: `basename`, `dirname`, `sed`',
      '3:10: `$((…))` (arithmetic) is not supported <$((1))> help: compute with `expr` or `awk`: `$(expr 1 + 2)`; for a subshell put a blank between: `$( (`',
    ],
  ],
}

describe.each(Object.entries(rows))('refuses %s', (_group, table) => {
  test.each(table.map(([text, ...expected]) => [text, expected] as const))('%j', (text, expected) => {
    expect(findings(text)).toEqual(expected)
  })
})

test('without declarations their keywords are names of commands', () => {
  const commands = ['param x: int', 'example {', 'service a listen :80', 'use ./a.ts']
  expect(commands.flatMap((text) => findings(text, false))).toEqual([])
})

test('commands that only share a keyword with a declaration are commands', () => {
  const commands = [
    'param x',
    'param http://x',
    'example { x',
    'service nginx restart',
    'use foo',
    'paramx y: int',
  ]
  expect(commands.flatMap((text) => findings(text))).toEqual([])
})
