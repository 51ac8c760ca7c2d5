/** Exports a walk through the latents of a generator as an animated picture that repeats without a jump. */
import { writeFile } from 'node:fs/promises';
import { encodeAnimation } from '../data/images/encode-animation';
import { drawLatent } from '../latents/draw';
import { classShares, placeOnLoop, type Stop } from '../latents/loop';
import { samplesPng } from '../pictures/samples-png';
import { readLatents, requireClass } from '../session/sampling';
import type { OpenedGenerator } from '../session/stored-run';
import { float32, rowsOf } from '../shared/host-tensor';
import { localizable } from '../shared/localizable-text';
import type { Latents } from '../training/task';
import { type ExportContext, ExportError, type Exporter, type WalkOptions } from './exporter';
import { animationEncoding } from './frames';

/** Random latents that each image passes by, before it returns to the first of them. */
const STOPS = 4;
/** As `--count` allows: different seeds share no latents. */
const MAX_IMAGES = 100;
/** All frames are in memory at once. */
const MAX_FRAMES = 600;
/** More would leave too few frames between them. */
const MAX_STOPS = 100;
const FRAMES_PER_SECOND = 20;

export const exportLatentWalk: Exporter = async (context, place) => {
  const encoding = animationEncoding(context.path);
  const { frames, walk } = context;
  const perSecond = frames.perSecond ?? FRAMES_PER_SECOND;
  const count = Math.round(walk.seconds * perSecond);
  if (count > MAX_FRAMES)
    throw new ExportError(
      localizable('{0} seconds at {1} frames a second are {2} frames.', walk.seconds, perSecond, count),
      localizable('Pass a smaller --seconds or --fps, for at most {0} frames.', MAX_FRAMES),
    );
  const generator = await context.openGenerator();
  const { latents, example } = generator.task;
  if (latents === undefined)
    throw new ExportError(
      localizable('The generator of this run starts from images of its data, not from latents.'),
      localizable('Choose the format "animation", which shows its training.'),
    );
  if (example.kind !== 'image')
    throw new ExportError(
      localizable('The generator of this run makes points, not images.'),
      localizable('Choose the format "animation", which shows its training.'),
    );
  requireClass(walk.label, latents.classes);
  const { width } = frames;
  const animation = await encodeAnimation(encoding, {
    frames: pictures(context, generator, latents, count),
    ...(width === undefined ? {} : { width: () => width }),
    delayMs: () => 1000 / perSecond,
  });
  await writeFile(place, animation);
};

async function* pictures(
  { walk, report }: ExportContext,
  { task, engine }: OpenedGenerator,
  latents: Latents,
  frames: number,
): AsyncGenerator<Uint8Array> {
  const { size, prior, classes } = latents;
  const loops = await loopsOf(walk, latents);
  for (let frame = 0; frame < frames; frame++) {
    const places = loops.map((stops) => placeOnLoop(stops, (frame * stops.length) / frames, prior));
    const fake = await task.sample(engine, {
      source: rowsOf(
        places.map(({ latent }) => latent),
        size,
      ),
      ...(classes === 0 ? {} : { labels: float32([places.length, classes], classShares(places, classes)) }),
    });
    yield await samplesPng({ fake }, task.example);
    report(frame + 1, frames);
  }
}

/** The stops that each image passes by. */
async function loopsOf(
  { count, seed, seeds, latentFile, label }: WalkOptions,
  latents: Latents,
): Promise<readonly (readonly Stop[])[]> {
  const chosen = [
    ...(seeds ?? []).map((one) => drawLatent(latents, one)),
    ...(latentFile === undefined ? [] : await readLatents(latentFile, latents.size, MAX_STOPS)),
  ];
  if (chosen.length > 0) return [chosen.map((latent) => ({ latent, label: label ?? 0 }))];
  return Array.from({ length: count }, (_, image) =>
    Array.from({ length: STOPS }, (__, stop) => ({
      latent: drawLatent(latents, (seed * MAX_IMAGES + image) * STOPS + stop),
      label: label ?? image % Math.max(1, latents.classes),
    })),
  );
}
