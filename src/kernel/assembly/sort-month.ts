import { skipBlanks } from './sort-key'

/** 1 to 12 for the English abbreviation of a month, in any case, behind blanks; 0 for all else. */
export function monthAt(at: usize, end: usize): u64 {
  at = skipBlanks(at, end)
  if (end - at < 3) return 0
  const name =
    (((<u32>load<u8>(at)) & 0xdf) << 16) |
    (((<u32>load<u8>(at + 1)) & 0xdf) << 8) |
    ((<u32>load<u8>(at + 2)) & 0xdf)
  switch (name) {
    case 0x4a414e:
      return 1
    case 0x464542:
      return 2
    case 0x4d4152:
      return 3
    case 0x415052:
      return 4
    case 0x4d4159:
      return 5
    case 0x4a554e:
      return 6
    case 0x4a554c:
      return 7
    case 0x415547:
      return 8
    case 0x534550:
      return 9
    case 0x4f4354:
      return 10
    case 0x4e4f56:
      return 11
    case 0x444543:
      return 12
    default:
      return 0
  }
}
