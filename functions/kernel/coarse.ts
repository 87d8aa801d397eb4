export interface Point {
  readonly lat: number;
  readonly lon: number;
}

/** Cells of a degree: about 110 m each way. */
const grid = 1000;
const round = (degrees: number): number => Math.round(degrees * grid) / grid;
const metresPerDegree = 111_195;

/** The middle of the cell that a point lies in: as near as strangers come to a place that they were not told. */
export const coarse = ({ lat, lon }: Point): Point => ({ lat: round(lat), lon: round(lon) });

/**
 * Metres from a point to the nearest edge of the cell in which `hidden` lies, 0 within it. Whoever asks from however
 * many points learns the cell and no more.
 */
export const metresToCell = (from: Point, hidden: Point): number => {
  const cell = coarse(hidden);
  const beyond = (degrees: number): number => Math.max(0, Math.abs(degrees) - 0.5 / grid) * metresPerDegree;
  const scale = Math.cos((cell.lat * Math.PI) / 180);
  return Math.hypot(beyond(from.lat - cell.lat), beyond(from.lon - cell.lon) * scale);
};
