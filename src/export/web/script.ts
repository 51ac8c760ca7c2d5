/**
 * The script of the exported page. It is text because it runs in a page without a build step: it finds what is particular
 * to a run in `SETTINGS`, and the files of the runtime and the model in `FILES`.
 */
export const SCRIPT = `
const bytesOf = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
const { size, prior, directions, classes } = SETTINGS;

/** A generator of random numbers for each seed (SplitMix32). */
function randomOf(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 4294967296;
  };
}

function latentOf(seed, offsets) {
  const random = randomOf(seed);
  const isUniform = prior === 'uniform';
  const latent = Float32Array.from({ length: size }, () =>
    isUniform
      ? 2 * random() - 1
      : Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  );
  const deviation = isUniform ? 1 / Math.sqrt(3) : 1;
  directions.forEach((direction, k) => {
    for (let i = 0; i < size; i++) latent[i] += offsets[k] * deviation * direction[i];
  });
  return isUniform ? latent.map((value) => Math.max(-1, Math.min(1, value))) : latent;
}

const byId = (id) => document.getElementById(id);
const sliders = [...document.querySelectorAll('.directions input')];
const canvas = byId('picture');

function place() {
  const offsets = sliders.map((slider) => Number(slider.value));
  return { latent: latentOf(Number(byId('seed').value), offsets), label: Number(byId('class')?.value ?? 0) };
}

function draw({ dims: [, height, width, channels], data }) {
  const pixels = new ImageData(width, height);
  for (let i = 0; i < width * height; i++)
    for (let c = 0; c < 4; c++)
      pixels.data[4 * i + c] = c === 3 && channels < 4 ? 255 : data[i * channels + Math.min(c, channels - 1)];
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d').putImageData(pixels, 0, 0);
}

async function start() {
  const source = new Blob([bytesOf(FILES.runtime)], { type: 'text/javascript' });
  const ort = await import(URL.createObjectURL(source));
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmBinary = bytesOf(FILES.wasm);
  const session = await ort.InferenceSession.create(bytesOf(FILES.model));
  let isBusy = false;
  let isStale = false;
  const show = async () => {
    isStale = true;
    if (isBusy) return;
    isBusy = true;
    while (isStale) {
      isStale = false;
      const { latent, label } = place();
      const { images } = await session.run({
        latents: new ort.Tensor('float32', latent, [1, size]),
        ...(classes === 0 ? {} : { class: new ort.Tensor('int64', BigInt64Array.of(BigInt(label)), [1]) }),
      });
      draw(images);
    }
    isBusy = false;
  };
  for (const control of document.querySelectorAll('input, select')) control.addEventListener('input', show);
  byId('again').addEventListener('click', () => {
    byId('seed').value = String(Math.floor(Math.random() * 1e6));
    show();
  });
  byId('reset').addEventListener('click', () => {
    for (const slider of sliders) slider.value = '0';
    show();
  });
  await show();
  document.body.dataset.state = 'ready';
  byId('status').textContent = '';
}

start().catch((error) => {
  document.body.dataset.state = 'failed';
  byId('status').textContent = 'The generator cannot be loaded: ' + error.message;
});
`;
