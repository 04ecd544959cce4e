// Scripts of sed: ranges, addresses, several lines at a time.
export const editing = {
  name: 'editing',
  about: 'scripts of `sed` with ranges, addresses, several lines at a time, 100 MB of text',
  goal: { times: 0.9 },
  rows: [
    { name: 'print-range', spec: "sed -n '/King/,/Queen/p' $F" },
    { name: 'edit-range', spec: "sed '/^ACT/,/^SCENE/s/the/THE/g' $F" },
    { name: 'edit-blocks', spec: "sed '/^[A-Z]*:/,/^$/s/the/THE/g' $F" },
    { name: 'edit-addressed', spec: "sed -e '/^$/!s/^/> /' -e '/King/s/the/THE/' $F" },
    { name: 'print-replaced', spec: "sed -n 's/King/Queen/p' $F" },
    { name: 'join-pairs', spec: "sed 'N;s/\\n/ /' $F" },
    { name: 'join-all', spec: "sed ':a;N;$!ba;s/\\n/ /g' $F" },
    { name: 'double-space', spec: 'sed G $F' },
    { name: 'every-other', spec: "sed 'n;d' $F" },
    { name: 'swap-pairs', spec: "sed -n 'h;n;G;p' $F" },
    { name: 'trim', spec: "sed 's/^[ \\t]*//;s/[ \\t]*$//' $F" },
    { name: 'squeeze-blank', spec: "sed '/^$/N;/\\n$/D' $F" },
    { name: 'uniq', spec: "sed '$!N;/^\\(.*\\)\\n\\1$/!P;D' $F" },
    { name: 'continued', spec: "sed -e ':a' -e '/-$/N;s/-\\n//;ta' $F" },
    { name: 'append-text', spec: "sed '/King/a enters' $F" },
  ].map((row) => ({ ...row, input: 'text' })),
}
