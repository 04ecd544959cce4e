import { execute } from './sed-commands'
import {
  BATCH_END, BEGIN, BLOCK_BEGIN, BREATHE, COMMAND, COMMAND_BYTES, CYCLES, DELETE, END_CYCLE, EXECUTE, FINISH, GO_ON, GO_TO, HAS_APPENDED,
  HAS_REPLACED, IS_NEGATED, IS_QUIET, LEAVE, NAME, NEXT, NO_ROOM, PATIENCE, PAUSED, PHASE, PROGRAM, PROGRAM_END, RESTARTS,
  SELECT, TARGET, WRITE_APPENDED, YES,
} from './sed-layout'
import { selects } from './sed-select'
import { loadLine, print, spend } from './sed-space'

/** Runs a script of sed, cycle after cycle, up to where it has to stop: returns why. */
export function runSed(run: usize): u32 {
  let stop = GO_ON
  while (stop < PAUSED) {
    switch (load<u32>(run, PHASE)) {
      case BEGIN:
        stop = beginCycle(run)
        break
      case FINISH:
        stop = finishCycle(run)
        break
      case LEAVE:
        stop = leaveCycle(run)
        break
      default:
        stop = runCommands(run)
    }
  }
  return stop
}

@inline function setPhase(run: usize, phase: u32): u32 {
  store<u32>(run, phase, PHASE)
  return GO_ON
}

function beginCycle(run: usize): u32 {
  const cycles = load<u32>(run, CYCLES)
  if (cycles == 0 || load<u32>(run, NEXT) == load<u32>(run, BATCH_END)) return PAUSED
  store<u32>(run, cycles - 1, CYCLES)
  loadLine(run)
  store<u32>(run, 0, HAS_REPLACED)
  store<u32>(run, load<u32>(run, PROGRAM), COMMAND)
  return setPhase(run, SELECT)
}

function finishCycle(run: usize): u32 {
  if (!load<u32>(run, IS_QUIET) && !print(run)) return NO_ROOM
  return setPhase(run, LEAVE)
}

function leaveCycle(run: usize): u32 {
  if (load<u32>(run, HAS_APPENDED)) return WRITE_APPENDED
  if (!load<u32>(run, RESTARTS)) return setPhase(run, BEGIN)
  store<u32>(run, 0, RESTARTS)
  store<u32>(run, load<u32>(run, PROGRAM), COMMAND)
  setPhase(run, SELECT)
  return hasPatience(run) ? GO_ON : BREATHE
}

/** Counts a step of a loop, which may have no end; false when others are to have their turn. */
@inline function hasPatience(run: usize): bool {
  spend(run, 1)
  return load<u32>(run, PATIENCE) > 0
}

/** Runs commands up to the end of the cycle, or to one that the run stops at: returns why. */
function runCommands(run: usize): u32 {
  const end = <usize>load<u32>(run, PROGRAM_END)
  let command = <usize>load<u32>(run, COMMAND)
  // A command that the run stopped at was selected: an address must not be asked twice.
  let isChosen = load<u32>(run, PHASE) != SELECT
  while (command < end) {
    if (!isChosen) {
      const answer = selects(run, command)
      if (answer > YES) return stopAt(run, command, SELECT, answer)
      if (answer == load<u32>(command, IS_NEGATED)) {
        const isBlock = load<u32>(command, NAME) == BLOCK_BEGIN
        command = isBlock ? <usize>load<u32>(command, TARGET) : command + COMMAND_BYTES
        continue
      }
    }
    isChosen = false
    const outcome = execute(run, command)
    if (outcome == GO_ON) command += COMMAND_BYTES
    else if (outcome == GO_TO) {
      command = <usize>load<u32>(command, TARGET)
      if (!hasPatience(run)) return stopAt(run, command, SELECT, BREATHE)
    } else if (outcome == END_CYCLE) break
    else if (outcome == DELETE) return setPhase(run, LEAVE)
    else return stopAt(run, command, max(load<u32>(run, PHASE), EXECUTE), outcome)
  }
  return setPhase(run, FINISH)
}

/** Stops at a command, which the run goes on with. */
@inline function stopAt(run: usize, command: usize, phase: u32, reason: u32): u32 {
  store<u32>(run, <u32>command, COMMAND)
  setPhase(run, phase)
  return reason
}
