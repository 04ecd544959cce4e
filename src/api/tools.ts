// Rendered from the tools by `npm run render`; a test holds it to them.
import { type OptionValue, toolFunction, type ToolFunction } from './tool-function.js'

/** Options of `base64`. */
export interface Base64Options {
  /** Decode. */
  readonly decode?: boolean
  /** When decoding, pass over bytes that are not in the alphabet. */
  readonly ignoreGarbage?: boolean
  /** Put COLS characters in a line (default 76), all in one for 0. */
  readonly wrap?: OptionValue
}

/** Encode or decode bytes as base64 text. */
export const base64: ToolFunction<Base64Options, 'bytes', 'lines'> = toolFunction('base64')

/** Options of `cat`. */
export interface CatOptions {
  /** Number nonempty output lines, overrides -n. */
  readonly numberNonblank?: boolean
  /** Number all output lines. */
  readonly number?: boolean
  /** Suppress repeated empty output lines. */
  readonly squeezeBlank?: boolean
  /** Use ^ and M- notation, except for LFD and TAB. */
  readonly showNonprinting?: boolean
  /** Display $ at end of each line. */
  readonly showEnds?: boolean
  /** Display TAB characters as ^I. */
  readonly showTabs?: boolean
  /** Equivalent to -vET. */
  readonly showAll?: boolean
  /** Equivalent to -vE. */
  readonly showAllButTabs?: boolean
  /** Equivalent to -vT. */
  readonly showAllButEnds?: boolean
  /** (output is never held back). */
  readonly unbuffered?: boolean
}

/** Concatenate files. */
export const cat: ToolFunction<CatOptions, 'bytes', 'bytes'> = toolFunction('cat')

/** Options of `comm`. */
export interface CommOptions {
  /** Suppress column 1 (lines unique to FILE1). */
  readonly noFirst?: boolean
  /** Suppress column 2 (lines unique to FILE2). */
  readonly noSecond?: boolean
  /** Suppress column 3 (lines that appear in both files). */
  readonly noBoth?: boolean
  /** Check that the input is correctly sorted, even if all input lines are pairable. */
  readonly checkOrder?: boolean
  /** Do not check that the input is correctly sorted. */
  readonly noCheckOrder?: boolean
  /** Separate columns with STR. */
  readonly outputDelimiter?: OptionValue
  /** Output a summary. */
  readonly total?: boolean
  /** Line delimiter is NUL, not newline. */
  readonly zeroTerminated?: boolean
}

/** Compare two sorted files line by line. */
export const comm: ToolFunction<CommOptions, 'lines', 'lines'> = toolFunction('comm')

/** Options of `cut`. */
export interface CutOptions {
  /** Select only these bytes. */
  readonly bytes?: OptionValue
  /** Select only these characters; a character is a byte. */
  readonly characters?: OptionValue
  /** Use DELIM instead of TAB for field delimiter; an empty one is NUL. */
  readonly delimiter?: OptionValue
  /** Select only these fields; also print any line that contains no delimiter character, unless -s. */
  readonly fields?: OptionValue
  /** (ignored). */
  readonly notSplit?: boolean
  /** Complement the set of selected bytes, characters or fields. */
  readonly complement?: boolean
  /** Do not print lines not containing delimiters. */
  readonly onlyDelimited?: boolean
  /** Use STRING between the parts that are printed; the default is the input delimiter. */
  readonly outputDelimiter?: OptionValue
  /** Line delimiter is NUL, not newline. */
  readonly zeroTerminated?: boolean
}

/** Print selected parts of lines. */
export const cut: ToolFunction<CutOptions, 'lines', 'lines'> = toolFunction('cut')

/** Display a line of text. */
export const echo: ToolFunction<object, 'nothing', 'lines'> = toolFunction('echo')

/** Options of `expand`. */
export interface ExpandOptions {
  /** Do not convert tabs after non blanks. */
  readonly initial?: boolean
  /** Have tabs as many characters apart, not 8; or a comma separated list of tab positions. */
  readonly tabs?: OptionValue
}

/** Convert tabs to spaces. */
export const expand: ToolFunction<ExpandOptions, 'bytes', 'lines'> = toolFunction('expand')

/** Do nothing, unsuccessfully. */
export const false_: ToolFunction<object, 'bytes', 'nothing'> = toolFunction('false')

/** Options of `fmt`. */
export interface FmtOptions {
  /** Preserve indentation of first two lines. */
  readonly crownMargin?: boolean
  /** Reformat only lines beginning with STRING, reattaching the prefix to reformatted lines. */
  readonly prefix?: OptionValue
  /** Split long lines, but do not refill. */
  readonly splitOnly?: boolean
  /** Indentation of first line different from second. */
  readonly taggedParagraph?: boolean
  /** One space between words, two after sentences. */
  readonly uniformSpacing?: boolean
  /** Maximum line width (default of 75 columns). */
  readonly width?: OptionValue
  /** Goal width (default of 93% of width). */
  readonly goal?: OptionValue
}

/** Reformat paragraphs. */
export const fmt: ToolFunction<FmtOptions, 'lines', 'lines'> = toolFunction('fmt')

/** Options of `fold`. */
export interface FoldOptions {
  /** Count bytes rather than columns. */
  readonly bytes?: boolean
  /** Break at spaces. */
  readonly spaces?: boolean
  /** Use WIDTH columns instead of 80. */
  readonly width?: OptionValue
}

/** Wrap each input line to fit in a width. */
export const fold: ToolFunction<FoldOptions, 'bytes', 'lines'> = toolFunction('fold')

/** Options of `grep`. */
export interface GrepOptions {
  /** PATTERNS are extended regular expressions. */
  readonly extended?: boolean
  /** PATTERNS are strings. */
  readonly fixed?: boolean
  /** PATTERNS are basic regular expressions (the default). */
  readonly basic?: boolean
  /** (Perl regular expressions: refused). */
  readonly perl?: boolean
  /** Use PATTERNS for matching. */
  readonly regexp?: OptionValue
  /** Take PATTERNS from FILE. */
  readonly file?: OptionValue
  /** Ignore case in patterns and data. */
  readonly ignoreCase?: boolean
  /** Do not ignore case (the default). */
  readonly noIgnoreCase?: boolean
  /** Match only whole words. */
  readonly word?: boolean
  /** Match only whole lines. */
  readonly line?: boolean
  /** A line ends in a NUL byte, not a newline. */
  readonly nullData?: boolean
  /** Do not report files that cannot be read. */
  readonly noMessages?: boolean
  /** Select lines that do not match. */
  readonly invert?: boolean
  /** Stop after NUM selected lines. */
  readonly maxCount?: OptionValue
  /** Print the byte offset with output lines. */
  readonly byteOffset?: boolean
  /** Print the line number with output lines. */
  readonly lineNumber?: boolean
  /** (output is never held back). */
  readonly lineBuffered?: boolean
  /** Print the file name with output lines. */
  readonly withFilename?: boolean
  /** Do not print file names. */
  readonly noFilename?: boolean
  /** Use LABEL as the name of standard input. */
  readonly label?: OptionValue
  /** Print only what matches, each on a line. */
  readonly onlyMatching?: boolean
  /** Print nothing; end at the first match. */
  readonly quiet?: boolean
  /** Take binary files as TYPE: 'binary', 'text' or 'without-match'. */
  readonly binaryFiles?: OptionValue
  /** Equivalent to --binary-files=text. */
  readonly text?: boolean
  /** Equivalent to --binary-files=without-match. */
  readonly withoutMatch?: boolean
  /** What to do with directories: 'read', 'recurse' or 'skip'. */
  readonly directories?: OptionValue
  /** What to do with devices, FIFOs and sockets: 'read' or 'skip'. */
  readonly devices?: OptionValue
  /** Equivalent to --directories=recurse. */
  readonly recursive?: boolean
  /** Likewise, and follow all symbolic links. */
  readonly dereferenceRecursive?: boolean
  /** Search only files that match GLOB. */
  readonly include?: OptionValue
  /** Skip files that match GLOB. */
  readonly exclude?: OptionValue
  /** Skip files that match a glob in FILE. */
  readonly excludeFrom?: OptionValue
  /** Skip directories that match GLOB. */
  readonly excludeDirectory?: OptionValue
  /** Print only names of files with no selected lines. */
  readonly filesWithoutMatch?: boolean
  /** Print only names of files with selected lines. */
  readonly filesWithMatches?: boolean
  /** Print only a count of selected lines for each file. */
  readonly count?: boolean
  /** Make tabs line up. */
  readonly initialTab?: boolean
  /** Print a NUL byte after file names. */
  readonly nullName?: boolean
  /** Print NUM lines of leading context. */
  readonly beforeContext?: OptionValue
  /** Print NUM lines of trailing context. */
  readonly afterContext?: OptionValue
  /** Print NUM lines of context on both sides. */
  readonly context?: OptionValue
  /** Print SEP between groups of lines with context. */
  readonly groupSeparator?: OptionValue
  /** Print nothing between groups of lines. */
  readonly noGroupSeparator?: boolean
  /** Mark what matches with colours: 'always', 'never' or 'auto'. */
  readonly color?: OptionValue | boolean
  /** (files are always read as they are). */
  readonly binary?: boolean
}

/** Print lines that match patterns. */
export const grep: ToolFunction<GrepOptions, 'lines', 'lines'> = toolFunction('grep')

/** Options of `gunzip`. */
export interface GunzipOptions {
  /** Write on standard output, keep FILEs unchanged. */
  readonly stdout?: boolean
  /** Decompress. */
  readonly decompress?: boolean
  /** Overwrite, follow links, copy what is not compressed with -dc. */
  readonly force?: boolean
  /** Keep (do not delete) FILEs. */
  readonly keep?: boolean
  /** List sizes and names of compressed files. */
  readonly list?: boolean
  /** Do not save or restore the original name and time. */
  readonly noName?: boolean
  /** Save or restore the original name and time. */
  readonly name?: boolean
  /** Suppress all warnings. */
  readonly quiet?: boolean
  /** Work on the files in directories. */
  readonly recursive?: boolean
  /** Use suffix SUF on compressed files. */
  readonly suffix?: OptionValue
  /** Test the integrity of compressed files. */
  readonly test?: boolean
  /** Name each file, with how much smaller it became. */
  readonly verbose?: boolean
  /** Compress faster. */
  readonly level1?: boolean
  /** Between -1 and -3. */
  readonly level2?: boolean
  /** Between -2 and -4. */
  readonly level3?: boolean
  /** Between -3 and -5. */
  readonly level4?: boolean
  /** Between -4 and -6. */
  readonly level5?: boolean
  /** As without any of these. */
  readonly level6?: boolean
  /** Between -6 and -8. */
  readonly level7?: boolean
  /** Between -7 and -9. */
  readonly level8?: boolean
  /** Compress better. */
  readonly level9?: boolean
}

/** Decompress files. */
export const gunzip: ToolFunction<GunzipOptions, 'bytes<gzip>', 'bytes'> = toolFunction('gunzip')

/** Options of `gzip`. */
export interface GzipOptions {
  /** Write on standard output, keep FILEs unchanged. */
  readonly stdout?: boolean
  /** Decompress. */
  readonly decompress?: boolean
  /** Overwrite, follow links, copy what is not compressed with -dc. */
  readonly force?: boolean
  /** Keep (do not delete) FILEs. */
  readonly keep?: boolean
  /** List sizes and names of compressed files. */
  readonly list?: boolean
  /** Do not save or restore the original name and time. */
  readonly noName?: boolean
  /** Save or restore the original name and time. */
  readonly name?: boolean
  /** Suppress all warnings. */
  readonly quiet?: boolean
  /** Work on the files in directories. */
  readonly recursive?: boolean
  /** Use suffix SUF on compressed files. */
  readonly suffix?: OptionValue
  /** Test the integrity of compressed files. */
  readonly test?: boolean
  /** Name each file, with how much smaller it became. */
  readonly verbose?: boolean
  /** Compress faster. */
  readonly level1?: boolean
  /** Between -1 and -3. */
  readonly level2?: boolean
  /** Between -2 and -4. */
  readonly level3?: boolean
  /** Between -3 and -5. */
  readonly level4?: boolean
  /** Between -4 and -6. */
  readonly level5?: boolean
  /** As without any of these. */
  readonly level6?: boolean
  /** Between -6 and -8. */
  readonly level7?: boolean
  /** Between -7 and -9. */
  readonly level8?: boolean
  /** Compress better. */
  readonly level9?: boolean
}

/** Compress or decompress files. */
export const gzip: ToolFunction<GzipOptions, 'bytes', 'bytes<gzip>'> = toolFunction('gzip')

/** Options of `head`. */
export interface HeadOptions {
  /** Print the first NUM bytes of each file; with a leading '-', all but the last NUM bytes. */
  readonly bytes?: OptionValue
  /** Print the first NUM lines instead of 10; with a leading '-', all but the last NUM lines. */
  readonly lines?: OptionValue
  /** Never print headers giving file names. */
  readonly quiet?: boolean
  /** Always print headers giving file names. */
  readonly verbose?: boolean
  /** Line delimiter is NUL, not newline. */
  readonly zeroTerminated?: boolean
}

/** Output the first part of files. */
export const head: ToolFunction<HeadOptions, 'lines', 'lines'> = toolFunction('head')

/** Options of `join`. */
export interface JoinOptions {
  /** Also print unpairable lines from file FILENUM, which is 1 or 2. */
  readonly unpaired?: OptionValue
  /** Replace missing (empty) input fields with STRING. */
  readonly filler?: OptionValue
  /** Ignore differences in case when comparing fields. */
  readonly ignoreCase?: boolean
  /** Equivalent to '-1 FIELD -2 FIELD'. */
  readonly bothKeys?: OptionValue
  /** Obey FORMAT while constructing output line. */
  readonly list?: OptionValue
  /** Use CHAR as input and output field separator. */
  readonly separator?: OptionValue
  /** Like -a FILENUM, but suppress joined output lines. */
  readonly onlyUnpaired?: OptionValue
  /** Join on this FIELD of file 1. */
  readonly key1?: OptionValue
  /** Join on this FIELD of file 2. */
  readonly key2?: OptionValue
  /** Check that the input is correctly sorted, even if all input lines are pairable. */
  readonly checkOrder?: boolean
  /** Do not check that the input is correctly sorted. */
  readonly noCheckOrder?: boolean
  /** Treat the first line in each file as field headers, print them without trying to pair them. */
  readonly header?: boolean
  /** Line delimiter is NUL, not newline. */
  readonly zeroTerminated?: boolean
}

/** Join lines of two files on a common field. */
export const join: ToolFunction<JoinOptions, 'lines', 'lines'> = toolFunction('join')

/** Options of `listen`. */
export interface ListenOptions {
  /** Serve so many clients at once; the others wait (with udp they are not heard, and N is 1024). */
  readonly max?: OptionValue
  /** Turn away clients beyond so many of one address. */
  readonly maxPerIp?: OptionValue
  /** Let the system keep so many waiting (4096). */
  readonly backlog?: OptionValue
  /** Serve only these addresses: 10.0.0.0/8,::1. */
  readonly allow?: OptionValue
  /** Turn away these addresses, also allowed ones. */
  readonly deny?: OptionValue
  /** End a connection on which nothing moves for TIME; with udp, the input of a client that sends nothing for TIME (60s). */
  readonly idleTimeout?: OptionValue
  /** Serve one client, and exit with its pipeline's status. */
  readonly once?: boolean
  /** Write the bound port, or path, to this descriptor. */
  readonly readyFd?: OptionValue
  /** When told to end, let connections finish for TIME (5s). */
  readonly grace?: OptionValue
  /** With tls, the certificate to show, PEM. */
  readonly sslCert?: OptionValue
  /** The key of --ssl-cert, PEM; without it, that file has it too. */
  readonly sslKey?: OptionValue
  /** With tls, clients must have a certificate of these authorities, PEM. */
  readonly sslTrustfile?: OptionValue
  /** With tls, offer these protocols: h2,http/1.1. */
  readonly sslAlpn?: OptionValue
}

/** Run a pipeline for each connection. */
export const listen: ToolFunction<ListenOptions, 'nothing', 'nothing'> = toolFunction('listen')

/** Options of `logtail`. */
export interface LogtailOptions {
  /** Keep in FILE how far each log was read, and go on there the next time. */
  readonly checkpoint?: OptionValue
  /** Colour lines by status and level; WHEN is 'always', 'never', or 'auto' (at a terminal, the default). */
  readonly color?: OptionValue | boolean
  /** Write a last line that did not end for TIME as it is, with a line end. */
  readonly flushTimeout?: OptionValue
  /** Begin at the start, at the end, or with the last N lines of the files that are there (default 'end'; 'start' with --no-follow, --rotated or --since). */
  readonly from?: OptionValue
  /** Look at the files every TIME also when the system tells of no change (default 1s). */
  readonly interval?: OptionValue
  /** Only lines of at least LEVEL: trace, debug, info, notice, warn, error, crit, alert, emerg. */
  readonly level?: OptionValue
  /** End at the end of the files. */
  readonly noFollow?: boolean
  /** Begin each line with its file's name. */
  readonly prefix?: boolean
  /** Read rotated and compressed predecessors first (app.log.2.gz, app.log.1). */
  readonly rotated?: boolean
  /** Only lines written at WHEN or later. */
  readonly since?: OptionValue
  /** Every N seconds, write a line about rate and errors to standard error. */
  readonly stats?: OptionValue
  /** Only lines with these HTTP statuses: 5xx,404,400-418. */
  readonly status?: OptionValue
  /** Only lines written at WHEN or earlier. */
  readonly until?: OptionValue
}

/** Follow logs through their rotation. */
export const logtail: ToolFunction<LogtailOptions, 'nothing', 'lines'> = toolFunction('logtail')

/** Options of `nc`. */
export interface NcOptions {
  /** Wait for a connection instead of making one. */
  readonly listen?: boolean
  /** With -l, take one connection after the other. */
  readonly keepOpen?: boolean
  /** The local port; with -l, the one to listen at. */
  readonly port?: OptionValue
  /** The local address. */
  readonly source?: OptionValue
  /** Use IPv4 addresses only. */
  readonly ipv4?: boolean
  /** Use IPv6 addresses only. */
  readonly ipv6?: boolean
  /** Refuse host names: addresses only. */
  readonly numeric?: boolean
  /** Send and receive UDP datagrams. */
  readonly udp?: boolean
  /** The operand is the path of a Unix stream socket. */
  readonly unix?: boolean
  /** Only find out whether something listens. */
  readonly scan?: boolean
  /** Say on standard error what is connected. */
  readonly verbose?: boolean
  /** Fail when connecting, or silence, lasts longer: 5, 300ms. */
  readonly wait?: OptionValue
  /** Wait between lines sent, or between ports with -z. */
  readonly interval?: OptionValue
  /** Send CR LF where a line ends with LF. */
  readonly crlf?: boolean
  /** Tell the peer in every case when standard input ends. */
  readonly shutdown?: boolean
  /** Do not tell the peer when standard input ends. */
  readonly noShutdown?: boolean
  /** End that long after standard input has ended, at the latest. */
  readonly quit?: OptionValue
  /** When the peer has ended, send until standard input ends. */
  readonly keepSending?: boolean
  /** Do not read standard input, and tell the peer no end. */
  readonly receiveOnly?: boolean
  /** Throw away what is received, and end with standard input. */
  readonly sendOnly?: boolean
  /** Write down what passes, as hexadecimal numbers. */
  readonly hexDump?: OptionValue
  /** Speak TLS; the server must prove who it is. */
  readonly ssl?: boolean
  /** Whether the server must prove who it is (yes). */
  readonly sslVerify?: OptionValue | boolean
  /** The own certificate, PEM, with those that lead to its authority. */
  readonly sslCert?: OptionValue
  /** The key of --ssl-cert, PEM; without it, that file has it too. */
  readonly sslKey?: OptionValue
  /** Trust these authorities, PEM, instead of the system's; with -l, clients must have a certificate of theirs. */
  readonly sslTrustfile?: OptionValue
  /** The name to ask for, and to verify, instead of HOST's. */
  readonly sslServername?: OptionValue
  /** Offer these protocols, separated by commas: h2,http/1.1. */
  readonly sslAlpn?: OptionValue
  /** Connect through this proxy. */
  readonly proxy?: OptionValue
  /** What the proxy speaks: 5 or socks5 (default), 4 or socks4, connect or http. */
  readonly proxyType?: OptionValue
  /** Who asks the proxy. */
  readonly proxyAuth?: OptionValue
  /** The same, from this variable. */
  readonly proxyAuthEnv?: OptionValue
  /** The same, from the first line of FILE. */
  readonly proxyAuthFile?: OptionValue
}

/** Send standard input over a connection, and print the answer. */
export const nc: ToolFunction<NcOptions, 'bytes', 'bytes'> = toolFunction('nc')

/** Options of `nl`. */
export interface NlOptions {
  /** Use STYLE for numbering body lines. */
  readonly bodyNumbering?: OptionValue
  /** Use CC for logical page delimiters. */
  readonly sectionDelimiter?: OptionValue
  /** Use STYLE for numbering footer lines. */
  readonly footerNumbering?: OptionValue
  /** Use STYLE for numbering header lines. */
  readonly headerNumbering?: OptionValue
  /** Line number increment at each line. */
  readonly lineIncrement?: OptionValue
  /** Group of NUMBER empty lines counted as one. */
  readonly joinBlankLines?: OptionValue
  /** Insert line numbers according to FORMAT: ln, rn or rz. */
  readonly numberFormat?: OptionValue
  /** Do not reset line numbers for each section. */
  readonly noRenumber?: boolean
  /** Add STRING after (possible) line number. */
  readonly numberSeparator?: OptionValue
  /** First line number for each section. */
  readonly startingLineNumber?: OptionValue
  /** Use NUMBER columns for line numbers. */
  readonly numberWidth?: OptionValue
}

/** Number lines of files. */
export const nl: ToolFunction<NlOptions, 'lines', 'lines'> = toolFunction('nl')

/** Options of `paste`. */
export interface PasteOptions {
  /** Reuse characters from LIST instead of TABs. */
  readonly delimiters?: OptionValue
  /** Paste one file at a time instead of in parallel. */
  readonly serial?: boolean
  /** Line delimiter is NUL, not newline. */
  readonly zeroTerminated?: boolean
}

/** Merge lines of files. */
export const paste: ToolFunction<PasteOptions, 'lines', 'lines'> = toolFunction('paste')

/** Format and print arguments. */
export const printf: ToolFunction<object, 'nothing', 'lines'> = toolFunction('printf')

/** Options of `request`. */
export interface RequestOptions {
  /** The items are a JSON object (default). */
  readonly json?: boolean
  /** The items are a form; with a file among them as --multipart. */
  readonly form?: boolean
  /** The items are parts of a multipart/form-data body. */
  readonly multipart?: boolean
  /** The body is TEXT. */
  readonly raw?: OptionValue
  /** Authenticate: basic:USER:PASSWORD or bearer:TOKEN. */
  readonly auth?: OptionValue
  /** The SECRET of --auth is the value of this variable. */
  readonly authEnv?: OptionValue
  /** The SECRET of --auth is the first line of FILE. */
  readonly authFile?: OptionValue
  /** Write an HTTP/1.0 message. */
  readonly http10?: boolean
  /** Send the body in chunks as it comes, without telling its length. */
  readonly chunked?: boolean
  /** Compress the body with gzip. */
  readonly compress?: boolean
  /** Send the request and print the body of the answer, as response does. */
  readonly send?: boolean
  /** Send a request for each line METHOD URL [ITEM]... of standard input, on connections that stay open. */
  readonly stdinRequests?: boolean
  /** Go where the server redirects to. */
  readonly follow?: boolean
  /** Follow at most NUM redirections (20). */
  readonly maxRedirects?: OptionValue
  /** Take cookies from FILE, if it is there, and write them back, in curl's format. */
  readonly cookieJar?: OptionValue
  /** Fail when an exchange takes longer, such as 500ms or 30s. */
  readonly timeout?: OptionValue
  /** No: take every certificate; FILE: trust FILE's authorities alone. */
  readonly verify?: OptionValue
  /** Print the status code, on a line. */
  readonly status?: boolean
  /** Print the status line and the headers. */
  readonly headers?: boolean
  /** Print the body too, where another option leaves it out. */
  readonly body?: boolean
  /** Print a value of a JSON body, such as a.b[0], on a line; may be repeated. */
  readonly field?: OptionValue
  /** An answer of 400 or above is a failure; its body is not printed. */
  readonly fail?: boolean
  /** An answer of 400 or above is a failure; its body is printed. */
  readonly failWithBody?: boolean
  /** Report whether this holds, such as status == 200; may be repeated. */
  readonly check?: OptionValue
  /** Leave the body in its content coding (gzip, deflate, br, zstd). */
  readonly encoded?: boolean
  /** Of how large a body fields and checks are read (64M). */
  readonly bodyLimit?: OptionValue
}

/** Write, or send, an HTTP request. */
export const request: ToolFunction<RequestOptions, 'nothing', 'http<request>'> = toolFunction('request')

/** Options of `response`. */
export interface ResponseOptions {
  /** Print the status code, on a line. */
  readonly status?: boolean
  /** Print the status line and the headers. */
  readonly headers?: boolean
  /** Print the body too, where another option leaves it out. */
  readonly body?: boolean
  /** Print a value of a JSON body, such as a.b[0], on a line; may be repeated. */
  readonly field?: OptionValue
  /** An answer of 400 or above is a failure; its body is not printed. */
  readonly fail?: boolean
  /** An answer of 400 or above is a failure; its body is printed. */
  readonly failWithBody?: boolean
  /** Report whether this holds, such as status == 200; may be repeated. */
  readonly check?: OptionValue
  /** Leave the body in its content coding (gzip, deflate, br, zstd). */
  readonly encoded?: boolean
  /** Of how large a body fields and checks are read (64M). */
  readonly bodyLimit?: OptionValue
  /** The method of the requests; the answer to HEAD has no body. */
  readonly method?: OptionValue
}

/** Read HTTP responses. */
export const response: ToolFunction<ResponseOptions, 'http<response>', 'bytes'> = toolFunction('response')

/** Reverse lines bytewise. */
export const rev: ToolFunction<object, 'lines', 'lines'> = toolFunction('rev')

/** Options of `sed`. */
export interface SedOptions {
  /** Do not print the pattern space by itself. */
  readonly quiet?: boolean
  /** (annotated runs: refused). */
  readonly debug?: boolean
  /** Add SCRIPT to the commands. */
  readonly expression?: OptionValue
  /** Add the contents of FILE to the commands. */
  readonly file?: OptionValue
  /** With -i, edit what symbolic links point to. */
  readonly followSymlinks?: boolean
  /** Edit files in place, with a backup if SUFFIX is given. */
  readonly inPlace?: OptionValue | boolean
  /** Where l wraps lines; 0 for nowhere. */
  readonly lineLength?: OptionValue
  /** Do without GNU extensions. */
  readonly posix?: boolean
  /** Regular expressions are extended ones. */
  readonly extended?: boolean
  /** Files are separate, not one long stream. */
  readonly separate?: boolean
  /** Refuse the commands e, r and w. */
  readonly sandbox?: boolean
  /** (output is never held back). */
  readonly unbuffered?: boolean
  /** A line ends in a NUL byte. */
  readonly nullData?: boolean
  /** (files are always read as they are). */
  readonly binary?: boolean
}

/** Edit lines with a script. */
export const sed: ToolFunction<SedOptions, 'lines', 'lines'> = toolFunction('sed')

/** Options of `seq`. */
export interface SeqOptions {
  /** Use printf style floating-point FORMAT. */
  readonly format?: OptionValue
  /** Use STRING to separate numbers (default: \n). */
  readonly separator?: OptionValue
  /** Equalize width by padding with leading zeroes. */
  readonly equalWidth?: boolean
}

/** Print a sequence of numbers. */
export const seq: ToolFunction<SeqOptions, 'nothing', 'lines'> = toolFunction('seq')

/** Options of `shuf`. */
export interface ShufOptions {
  /** Treat each ARG as an input line. */
  readonly echo?: boolean
  /** Treat each number LO through HI as an input line. */
  readonly inputRange?: OptionValue
  /** Output at most COUNT lines. */
  readonly headCount?: OptionValue
  /** Write result to FILE. */
  readonly output?: OptionValue
  /** Get random bytes from FILE. */
  readonly randomSource?: OptionValue
  /** Output lines can be repeated. */
  readonly repeat?: boolean
  /** Line delimiter is NUL, not newline. */
  readonly zeroTerminated?: boolean
}

/** Generate random permutations. */
export const shuf: ToolFunction<ShufOptions, 'nothing', 'lines'> = toolFunction('shuf')

/** Options of `sort`. */
export interface SortOptions {
  /** Ignore leading blanks. */
  readonly ignoreLeadingBlanks?: boolean
  /** Consider only blanks and alphanumeric characters. */
  readonly dictionaryOrder?: boolean
  /** Fold lower case to upper case characters. */
  readonly ignoreCase?: boolean
  /** Compare according to general numerical value. */
  readonly generalNumericSort?: boolean
  /** Compare human readable numbers (2K 1G). */
  readonly humanNumericSort?: boolean
  /** Consider only printable characters. */
  readonly ignoreNonprinting?: boolean
  /** Compare (unknown) < 'JAN' < ... < 'DEC'. */
  readonly monthSort?: boolean
  /** Compare according to string numerical value. */
  readonly numericSort?: boolean
  /** Shuffle, but group identical keys. */
  readonly randomSort?: boolean
  /** Reverse the result of comparisons. */
  readonly reverse?: boolean
  /** Sort according to WORD: general-numeric, human-numeric, month, numeric, random, version. */
  readonly sort?: OptionValue
  /** Natural sort of (version) numbers within text. */
  readonly versionSort?: boolean
  /** Merge at most NMERGE inputs at once; for more use temporary files. */
  readonly batchSize?: OptionValue
  /** Check for sorted input, do not sort. */
  readonly checkAloud?: boolean
  /** Like -c; HOW is diagnose-first (default), or quiet or silent, which is like -C. */
  readonly check?: OptionValue | boolean
  /** Like -c, but do not report the first bad line. */
  readonly checkQuietly?: boolean
  /** Annotate the part of the line used to sort, and warn about questionable usage. */
  readonly debug?: boolean
  /** Read the files named in F, each name ended by NUL; - means standard input. */
  readonly files0From?: OptionValue
  /** Sort via a key; KEYDEF gives location and type. */
  readonly key?: OptionValue
  /** Merge already sorted files, do not sort. */
  readonly merge?: boolean
  /** Write result to FILE. */
  readonly output?: OptionValue
  /** Accepted; the number of sorts run concurrently. */
  readonly parallel?: OptionValue
  /** Get random bytes from FILE. */
  readonly randomSource?: OptionValue
  /** Stabilize sort by disabling last-resort comparison. */
  readonly stable?: boolean
  /** Use SIZE for main memory buffer. */
  readonly bufferSize?: OptionValue
  /** Use SEP instead of non-blank to blank transition. */
  readonly fieldSeparator?: OptionValue
  /** Use DIR for temporaries, not $TMPDIR or /tmp; several are used in turn. */
  readonly temporaryDirectory?: OptionValue
  /** With -c, check for strict ordering; without, output only the first of an equal run. */
  readonly unique?: boolean
  /** Line delimiter is NUL, not newline. */
  readonly zeroTerminated?: boolean
}

/** Sort lines of text files. */
export const sort: ToolFunction<SortOptions, 'lines', 'lines'> = toolFunction('sort')

/** Options of `tac`. */
export interface TacOptions {
  /** Attach the separator before instead of after. */
  readonly before?: boolean
  /** Interpret the separator as a regular expression. */
  readonly regex?: boolean
  /** Use STRING as the separator instead of newline. */
  readonly separator?: OptionValue
}

/** Concatenate files, each with its last line first. */
export const tac: ToolFunction<TacOptions, 'lines', 'lines'> = toolFunction('tac')

/** Options of `tail`. */
export interface TailOptions {
  /** Output the last NUM bytes; or use -c +NUM to output starting with byte NUM of each file. */
  readonly bytes?: OptionValue
  /** Output appended data as the file grows; an absent option argument means 'descriptor'. */
  readonly follow?: OptionValue | boolean
  /** Equivalent to --follow=descriptor. */
  readonly followDescriptor?: boolean
  /** Same as --follow=name --retry. */
  readonly followName?: boolean
  /** Output the last NUM lines, instead of the last 10; or use -n +NUM to output starting with line NUM. */
  readonly lines?: OptionValue
  /** (a followed name is looked up at every change and every interval). */
  readonly maxUnchangedStats?: OptionValue
  /** With -f, terminate after process ID, PID dies. */
  readonly pid?: OptionValue
  /** Never output headers giving file names. */
  readonly quiet?: boolean
  /** Keep trying to open a file if it is inaccessible. */
  readonly retry?: boolean
  /** With -f, look at files and PID at least every N seconds (default 1.0). */
  readonly sleepInterval?: OptionValue
  /** Always output headers giving file names. */
  readonly verbose?: boolean
  /** Line delimiter is NUL, not newline. */
  readonly zeroTerminated?: boolean
}

/** Output the last part of files. */
export const tail: ToolFunction<TailOptions, 'lines', 'lines'> = toolFunction('tail')

/** Options of `tee`. */
export interface TeeOptions {
  /** Append to the given FILEs, do not overwrite. */
  readonly append?: boolean
  /** Ignore interrupt signals. */
  readonly ignoreInterrupts?: boolean
  /** As --output-error=warn-nopipe: go on when a pipe's reader is done. */
  readonly ignoreClosed?: boolean
  /** What to do when an output refuses: warn, warn-nopipe, exit or exit-nopipe. */
  readonly outputError?: OptionValue | boolean
}

/** Copy standard input to files and to standard output. */
export const tee: ToolFunction<TeeOptions, 'bytes', 'bytes'> = toolFunction('tee')

/** Options of `tr`. */
export interface TrOptions {
  /** Use the complement of ARRAY1. */
  readonly complement?: boolean
  /** Delete characters in ARRAY1, do not translate. */
  readonly delete?: boolean
  /** Replace each sequence of a repeated character that is listed in the last ARRAY by one of it. */
  readonly squeeze?: boolean
  /** First truncate ARRAY1 to length of ARRAY2. */
  readonly truncate?: boolean
}

/** Translate or delete characters. */
export const tr: ToolFunction<TrOptions, 'bytes', 'lines'> = toolFunction('tr')

/** Do nothing, successfully. */
export const true_: ToolFunction<object, 'bytes', 'nothing'> = toolFunction('true')

/** Options of `unexpand`. */
export interface UnexpandOptions {
  /** Convert all blanks, instead of just initial blanks. */
  readonly all?: boolean
  /** Convert only leading sequences of blanks (overrides -a). */
  readonly firstOnly?: boolean
  /** Have tabs as many characters apart, not 8; or a comma separated list of tab positions (enables -a). */
  readonly tabs?: OptionValue
}

/** Convert spaces to tabs. */
export const unexpand: ToolFunction<UnexpandOptions, 'bytes', 'lines'> = toolFunction('unexpand')

/** Options of `uniq`. */
export interface UniqOptions {
  /** Prefix lines by the number of occurrences. */
  readonly count?: boolean
  /** Only print duplicate lines, one for each group. */
  readonly repeated?: boolean
  /** Print all duplicate lines. */
  readonly everyRepeated?: boolean
  /** Like -D, with empty lines between groups; METHOD is none (default), prepend or separate. */
  readonly allRepeated?: OptionValue | boolean
  /** Avoid comparing the first N fields. */
  readonly skipFields?: OptionValue
  /** Show all lines, with empty lines between groups; METHOD is separate (default), prepend, append or both. */
  readonly group?: OptionValue | boolean
  /** Ignore differences in case when comparing. */
  readonly ignoreCase?: boolean
  /** Avoid comparing the first N characters. */
  readonly skipBytes?: OptionValue
  /** Only print unique lines. */
  readonly unique?: boolean
  /** Line delimiter is NUL, not newline. */
  readonly zeroTerminated?: boolean
  /** Compare no more than N characters in lines. */
  readonly checkBytes?: OptionValue
}

/** Report or omit repeated lines. */
export const uniq: ToolFunction<UniqOptions, 'lines', 'lines'> = toolFunction('uniq')

/** Options of `wc`. */
export interface WcOptions {
  /** Print the byte counts. */
  readonly bytes?: boolean
  /** Print the character counts; a character is a byte. */
  readonly chars?: boolean
  /** Print the newline counts. */
  readonly lines?: boolean
  /** Read the files whose names, ended by NUL, are in file F; - is standard input. */
  readonly filesFrom?: OptionValue
  /** Print the maximum display width. */
  readonly width?: boolean
  /** Print the word counts. */
  readonly words?: boolean
}

/** Print newline, word, and byte counts. */
export const wc: ToolFunction<WcOptions, 'bytes', 'lines'> = toolFunction('wc')

/** Options of `xargs`. */
export interface XargsOptions {
  /** Items end with a NUL byte; nothing else is special. */
  readonly null?: boolean
  /** Read items from FILE, not standard input. */
  readonly argFile?: OptionValue
  /** Items end with CHARACTER; nothing else is special. */
  readonly delimiter?: OptionValue
  /** Stop at the item END. */
  readonly endString?: OptionValue
  /** As -E END; without END, no end. */
  readonly eof?: OptionValue | boolean
  /** Run once a line, with R in the arguments replaced by it. */
  readonly replaceString?: OptionValue
  /** As -I R; R is {} if left out. */
  readonly replace?: OptionValue | boolean
  /** At most MAX-LINES nonblank lines a command. */
  readonly lines?: OptionValue
  /** As -L MAX-LINES; 1 if left out. */
  readonly maxLines?: OptionValue | boolean
  /** At most MAX-ARGS items a command. */
  readonly maxArgs?: OptionValue
  /** At most MAX-CHARS bytes a command. */
  readonly maxChars?: OptionValue
  /** Run up to MAX-PROCS commands at once. */
  readonly maxProcs?: OptionValue
  /** Set VAR to a number that no other running command has. */
  readonly slotVariable?: OptionValue
  /** Run nothing when there are no items. */
  readonly noRunIfEmpty?: boolean
  /** Show the limits on the size of commands. */
  readonly showLimits?: boolean
  /** Show each command before it runs. */
  readonly verbose?: boolean
  /** End when a command would be too large. */
  readonly exit?: boolean
}

/** Run commands with arguments from standard input. */
export const xargs: ToolFunction<XargsOptions, 'lines', 'lines'> = toolFunction('xargs')

/** Write a line again and again until the reader is done. */
export const yes: ToolFunction<object, 'nothing', 'lines'> = toolFunction('yes')

/** Options of `zcat`. */
export interface ZcatOptions {
  /** Write on standard output, keep FILEs unchanged. */
  readonly stdout?: boolean
  /** Decompress. */
  readonly decompress?: boolean
  /** Overwrite, follow links, copy what is not compressed with -dc. */
  readonly force?: boolean
  /** Keep (do not delete) FILEs. */
  readonly keep?: boolean
  /** List sizes and names of compressed files. */
  readonly list?: boolean
  /** Do not save or restore the original name and time. */
  readonly noName?: boolean
  /** Save or restore the original name and time. */
  readonly name?: boolean
  /** Suppress all warnings. */
  readonly quiet?: boolean
  /** Work on the files in directories. */
  readonly recursive?: boolean
  /** Use suffix SUF on compressed files. */
  readonly suffix?: OptionValue
  /** Test the integrity of compressed files. */
  readonly test?: boolean
  /** Name each file, with how much smaller it became. */
  readonly verbose?: boolean
  /** Compress faster. */
  readonly level1?: boolean
  /** Between -1 and -3. */
  readonly level2?: boolean
  /** Between -2 and -4. */
  readonly level3?: boolean
  /** Between -3 and -5. */
  readonly level4?: boolean
  /** Between -4 and -6. */
  readonly level5?: boolean
  /** As without any of these. */
  readonly level6?: boolean
  /** Between -6 and -8. */
  readonly level7?: boolean
  /** Between -7 and -9. */
  readonly level8?: boolean
  /** Compress better. */
  readonly level9?: boolean
}

/** Decompress files to standard output. */
export const zcat: ToolFunction<ZcatOptions, 'bytes<gzip>', 'bytes'> = toolFunction('zcat')
