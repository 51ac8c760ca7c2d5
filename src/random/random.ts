/**
 * Seeded random numbers with serializable state. All randomness in a run comes from here, outside the compiled
 * programs, so that a resumed run draws exactly the numbers that an uninterrupted one would have drawn.
 *
 * xoshiro128** (Blackman & Vigna 2018, "Scrambled linear pseudorandom number generators"), seeded by SplitMix32.
 */

/** Four 32-bit words. Plain JSON. */
export interface RandomState {
  readonly words: readonly [number, number, number, number];
}

/** FNV-1a, which makes the named streams of a seed independent of each other. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  private constructor([a, b, c, d]: readonly [number, number, number, number]) {
    this.#a = a;
    this.#b = b;
    this.#c = c;
    this.#d = d;
  }

  /** A generator for one purpose (`stream`, e.g. `latents`), derived from a run's seed. */
  static seeded(seed: number, stream: string): Random {
    let state = (hashText(stream) ^ Math.imul(seed, 0x9e3779b1) ^ Math.floor(seed / 2 ** 32)) | 0;
    const next = (): number => {
      state = (state + 0x9e3779b9) | 0;
      let z = state ^ (state >>> 16);
      z = Math.imul(z, 0x21f0aaad);
      z ^= z >>> 15;
      z = Math.imul(z, 0x735a2d97);
      return (z ^ (z >>> 15)) >>> 0;
    };
    return new Random([next(), next(), next(), next() | 1]);
  }

  static restore(state: RandomState): Random {
    return new Random(state.words);
  }

  state(): RandomState {
    return { words: [this.#a >>> 0, this.#b >>> 0, this.#c >>> 0, this.#d >>> 0] };
  }

  /** An integer in [0, 2^32). */
  uint32(): number {
    const scrambled = Math.imul(this.#b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const t = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= t;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result;
  }

  /** Uniform in [0, 1), 53 bits. */
  uniform(): number {
    return ((this.uint32() >>> 5) * 67108864 + (this.uint32() >>> 6)) / 9007199254740992;
  }

  /** An integer in [0, bound), unbiased (Lemire 2019, rejection). */
  below(bound: number): number {
    const limit = 4294967296 - (4294967296 % bound);
    for (;;) {
      const value = this.uint32();
      if (value < limit) return value % bound;
    }
  }

  /** Standard normal, Box-Muller; drops one deviate of each pair so that the four words are the whole state. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Fills with normal deviates of the given standard deviation. */
  fillNormal(target: Float32Array, standardDeviation = 1): Float32Array {
    for (let i = 0; i < target.length; i++) target[i] = this.normal() * standardDeviation;
    return target;
  }

  /** Fills with values uniform in [low, high). */
  fillUniform(target: Float32Array, low: number, high: number): Float32Array {
    for (let i = 0; i < target.length; i++) target[i] = low + this.uniform() * (high - low);
    return target;
  }

  /** A permutation of 0 … count-1 (Fisher-Yates). */
  permutation(count: number): Uint32Array {
    const order = new Uint32Array(count);
    for (let i = 0; i < count; i++) {
      const j = this.below(i + 1);
      order[i] = order[j] ?? 0;
      order[j] = i;
    }
    return order;
  }
}
