/** Exports a walk through the latents of a generator as an animated picture that repeats without a jump. */
import { oneHot } from '../gan/step/class-labels';
import { drawLatent } from '../latents/draw';
import { slerp } from '../latents/slerp';
import { samplesPng } from '../pictures/samples-png';
import { requireClass } from '../session/sampling';
import type { OpenedGenerator } from '../session/stored-run';
import { type HostTensor, rowsOf } from '../shared/host-tensor';
import type { LatentSpace } from '../shared/latent-space';
import { localizable } from '../shared/localizable-text';
import type { Latents } from '../training/task';
import { type ExportContext, ExportError, type Exporter, type WalkOptions } from './exporter';
import { animationEncoding, writeAnimation } from './frames';

/** Random latents that each image passes by, before it returns to the first of them. */
const STOPS = 4;
/** As `--count` allows: different seeds share no latents. */
const MAX_IMAGES = 100;
/** All frames are in memory at once. */
const MAX_FRAMES = 600;
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
  await writeAnimation(place, encoding, {
    frames: pictures(context, generator, latents, count),
    width: frames.width,
    delayMs: () => 1000 / perSecond,
  });
};

async function* pictures(
  { walk, report }: ExportContext,
  { task, engine }: OpenedGenerator,
  latents: Latents,
  frames: number,
): AsyncGenerator<Uint8Array> {
  const paths = Array.from({ length: walk.count }, (_, image) => stopsOf(latents, walk.seed, image));
  const labels = labelsOf(walk, latents);
  for (let frame = 0; frame < frames; frame++) {
    const places = paths.map((stops) => placeOn(stops, (frame * STOPS) / frames, latents.prior));
    const source: HostTensor = rowsOf(places, latents.size);
    const fake = await task.sample(engine, { source, ...labels });
    yield await samplesPng({ fake }, task.example);
    report(frame + 1, frames);
  }
}

function stopsOf(space: LatentSpace, seed: number, image: number): readonly Float32Array[] {
  return Array.from({ length: STOPS }, (_, stop) =>
    drawLatent(space, (seed * MAX_IMAGES + image) * STOPS + stop),
  );
}

/**
 * The latent at `distance` stops from the first: on an arc between two stops of a normal prior (White 2016, "Sampling
 * Generative Networks"), on a straight line within the cube of a uniform one.
 */
function placeOn(
  stops: readonly Float32Array[],
  distance: number,
  prior: LatentSpace['prior'],
): Float32Array {
  const stop = Math.floor(distance);
  const from = stops[stop % stops.length] ?? new Float32Array();
  const to = stops[(stop + 1) % stops.length] ?? new Float32Array();
  const share = distance - stop;
  return prior === 'normal'
    ? slerp(from, to, share)
    : from.map((value, i) => (1 - share) * value + share * (to[i] ?? 0));
}

function labelsOf({ count, label }: WalkOptions, { classes }: Latents): { readonly labels?: HostTensor } {
  if (classes === 0) return {};
  return {
    labels: oneHot(
      Int32Array.from({ length: count }, (_, image) => label ?? image % classes),
      classes,
    ),
  };
}
