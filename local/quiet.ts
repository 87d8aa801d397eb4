// Imported first: Node.js warns that SQLite and type stripping are young; whoever runs a city's backend need not care.
const { emitWarning } = process;
process.emitWarning = ((warning: string | Error, ...rest: [string?]): void => {
  if (rest[0] !== 'ExperimentalWarning') Reflect.apply(emitWarning, process, [warning, ...rest]);
}) as typeof emitWarning;

// A function sees the zone of Lambda, whatever this machine's is.
process.env['TZ'] = 'UTC';

export {};
