import { mulberry32 } from './random.ts';

/**
 * A file of the shape of the Cookie Cats data set (userid, test_version, sum_gamerounds, retention_1, retention_7), with
 * made-up players: the same seed makes the same file. `test/golden/cookie-cats-shape.csv` is 240 rows of seed 1.
 */
export function cookieCatsShape(rows: number, seed: number): string {
  const random = mulberry32(seed);
  const lines = ['userid,test_version,sum_gamerounds,retention_1,retention_7'];
  let user = 100;
  for (let i = 0; i < rows; i++) {
    user += 1 + Math.floor(random() * 60);
    const gate = random() < 0.5 ? 'gate_30' : 'gate_40';
    const rounds = Math.floor(Math.exp(random() * 7) - 1);
    const day1 = random() < Math.min(0.9, rounds / 60);
    const day7 = random() < Math.min(0.8, rounds / 300);
    lines.push(`${user},${gate},${rounds},${python(day1)},${python(day7)}`);
  }
  return `${lines.join('\n')}\n`;
}

const python = (truth: boolean): string => (truth ? 'True' : 'False');
