import { type CharSet, type Node, type PatternProblem, readPattern } from './pattern.ts';

type Instruction =
  | { readonly set: CharSet }
  | { readonly split: readonly [number, number] }
  | { readonly jump: number };

/** Instructions of a pattern with its repeats written out. */
const programLimit = 1000;

/** Sets as instructions of an automaton; undefined when they are too many. */
const compile = (whole: Node): readonly Instruction[] | undefined => {
  const program: Instruction[] = [];
  let tooLong = false;

  const emit = (node: Node): void => {
    if (program.length > programLimit) tooLong = true;
    if (tooLong) return;
    if ('set' in node) program.push(node);
    else if ('seq' in node) node.seq.forEach(emit);
    else if ('alt' in node) branches(node.alt);
    else {
      for (let i = 0; i < node.min; i += 1) emit(node.repeat);
      if (node.max === Number.POSITIVE_INFINITY) loop(node.repeat);
      else for (let i = node.min; i < node.max; i += 1) maybe(node.repeat);
    }
  };
  /** Leaves room for an instruction that is known once what follows is written. */
  const later = (write: () => Instruction | undefined): void => {
    const at = program.push({ jump: program.length + 1 }) - 1;
    const instruction = write();
    if (instruction !== undefined) program[at] = instruction;
  };
  const maybe = (node: Node): void => {
    later(() => {
      const next = program.length;
      emit(node);
      return { split: [next, program.length] };
    });
  };
  const loop = (node: Node): void => {
    const back = program.length;
    later(() => {
      emit(node);
      program.push({ jump: back });
      return { split: [back + 1, program.length] };
    });
  };
  const branches = ([first, ...others]: readonly Node[]): void => {
    if (first === undefined) return;
    if (others.length === 0) {
      emit(first);
      return;
    }
    later(() => {
      const next = program.length;
      emit(first);
      const end = program.push({ jump: 0 }) - 1;
      const second = program.length;
      branches(others);
      program[end] = { jump: program.length };
      return { split: [next, second] };
    });
  };

  emit(whole);
  return tooLong ? undefined : program;
};

const takes = ({ ranges, not }: CharSet, code: number): boolean =>
  ranges.some(([low, high]) => low <= code && code <= high) !== not;

/** Every instruction that waits for a character, from `start` on; `program.length` stands for the end. */
const reach = (program: readonly Instruction[], starts: readonly number[]): ReadonlySet<number> => {
  const seen = new Set<number>();
  const open = [...starts];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const instruction = program[at];
    if (instruction === undefined || 'set' in instruction) continue;
    if ('split' in instruction) open.push(...instruction.split);
    else open.push(instruction.jump);
  }
  return seen;
};

/** Why a pattern cannot be used; undefined when it can. */
export const patternProblem = (pattern: string): PatternProblem | undefined => {
  const read = readPattern(pattern);
  if ('problem' in read) return read.problem;
  return compile(read.node) === undefined ? 'hostilePattern' : undefined;
};

/**
 * Whether the whole text fits. Each character meets each instruction at most once: time grows with text × pattern.
 * A pattern that cannot be used fits nothing.
 */
export const matches = (pattern: string, text: string): boolean => {
  const read = readPattern(pattern);
  const program = 'node' in read ? compile(read.node) : undefined;
  if (program === undefined) return false;
  let states = reach(program, [0]);
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    const next: number[] = [];
    for (const at of states) {
      const instruction = program[at];
      if (instruction !== undefined && 'set' in instruction && takes(instruction.set, code))
        next.push(at + 1);
    }
    if (next.length === 0) return false;
    states = reach(program, next);
  }
  return states.has(program.length);
};
