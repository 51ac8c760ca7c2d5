#!/usr/bin/env python3
"""The benchmark's networks in PyTorch, step for step, for comparison with `gan bench`.

    python3 bench/peers/pytorch.py            prints one JSON object a line, like `gan bench --json`
    python3 bench/peers/pytorch.py --compare  runs `npx gan bench --json` too and prints the ratios

Needs a python3 with torch: Debian's python3-torch with libopenblas0-pthread, or a current one from PyPI.
Every thread setting from 1 to the number of cores is tried, and the faster one counts.
"""
import json
import os
import statistics
import subprocess
import sys
import time

try:
    import torch
    from torch import nn
    from torch.nn import functional as F
except ImportError:
    sys.exit("This python3 has no torch. Debian: apt-get install python3-torch libopenblas0-pthread")

LATENT = 100


class Same(nn.Module):
    """A strided convolution with TensorFlow's 'same' padding."""

    def __init__(self, inputs, outputs, kernel, stride, bias=True):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, bias=bias)
        self.kernel, self.stride = kernel, stride

    def forward(self, x):
        size = x.shape[-1]
        total = max((-(-size // self.stride) - 1) * self.stride + self.kernel - size, 0)
        before = total // 2
        return self.conv(F.pad(x, (before, total - before, before, total - before)))


def transposed(inputs, outputs, kernel, stride, bias=True):
    """Gives stride times the size, as 'same' does."""
    padding = (kernel - stride + 1) // 2
    return nn.ConvTranspose2d(inputs, outputs, kernel, stride, padding, 2 * padding + stride - kernel, bias=bias)


def textbook():
    generator = nn.Sequential(
        nn.Linear(LATENT, 7 * 7 * 128, bias=False), nn.BatchNorm1d(7 * 7 * 128), nn.ReLU(),
        nn.Unflatten(1, (128, 7, 7)),
        transposed(128, 128, 5, 1), nn.ReLU(), transposed(128, 64, 5, 2), nn.ReLU(),
        transposed(64, 1, 5, 2), nn.Tanh())
    discriminator = nn.Sequential(
        Same(1, 64, 5, 2), nn.LeakyReLU(0.2), Same(64, 128, 5, 2), nn.LeakyReLU(0.2),
        nn.Flatten(), nn.Linear(7 * 7 * 128, 1))
    return generator, discriminator


def large():
    layers = [nn.Linear(LATENT, 4 * 4 * 512, bias=False), nn.Unflatten(1, (512, 4, 4)), nn.BatchNorm2d(512), nn.ReLU()]
    for inputs, outputs in ((512, 256), (256, 128), (128, 64)):
        layers += [transposed(inputs, outputs, 4, 2, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()]
    generator = nn.Sequential(*layers, transposed(64, 3, 4, 2), nn.Tanh())
    layers = [Same(3, 64, 4, 2), nn.LeakyReLU(0.2)]
    for inputs, outputs in ((64, 128), (128, 256), (256, 512)):
        layers += [Same(inputs, outputs, 4, 2, bias=False), nn.BatchNorm2d(outputs), nn.LeakyReLU(0.2)]
    return generator, nn.Sequential(*layers, nn.Flatten(), nn.Linear(4 * 4 * 512, 1))


CASES = (("dcgan-textbook", textbook, 28, 1, 64, 12), ("dcgan-textbook", textbook, 28, 1, 128, 8),
         ("dcgan-64", large, 64, 3, 64, 3))


def step_ms(make, size, channels, batch, steps):
    torch.manual_seed(1)
    generator, discriminator = make()
    options = dict(lr=2e-4, betas=(0.5, 0.999))
    for_generator = torch.optim.Adam(generator.parameters(), **options)
    for_discriminator = torch.optim.Adam(discriminator.parameters(), **options)
    real = torch.rand(batch, channels, size, size) * 2 - 1
    times = []
    for index in range(steps + 3):
        start = time.perf_counter()
        fake = generator(torch.randn(batch, LATENT))
        loss = F.softplus(-discriminator(real)).mean() + F.softplus(discriminator(fake.detach())).mean()
        for_discriminator.zero_grad(set_to_none=True)
        loss.backward()
        for_discriminator.step()
        # The discriminator's weights take no gradient here, as in our step.
        for parameter in discriminator.parameters():
            parameter.requires_grad_(False)
        loss = F.softplus(-discriminator(fake)).mean()
        for_generator.zero_grad(set_to_none=True)
        loss.backward()
        for_generator.step()
        for parameter in discriminator.parameters():
            parameter.requires_grad_(True)
        if index >= 3:
            times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def main():
    ours = []
    if "--compare" in sys.argv:
        output = subprocess.run(["npx", "gan", "bench", "--json"], check=True, stdout=subprocess.PIPE, text=True).stdout
        ours = [json.loads(line) for line in output.splitlines()]
    for model, make, size, channels, batch, steps in CASES:
        results = []
        for threads in range(1, (os.cpu_count() or 1) + 1):
            torch.set_num_threads(threads)
            ms = step_ms(make, size, channels, batch, steps)
            results.append((ms, threads))
            print(json.dumps({"engine": f"pytorch {torch.__version__}", "threads": threads, "model": model,
                              "imageSize": size, "batchSize": batch, "stepMs": round(ms, 1),
                              "imagesPerSecond": round(batch * 1000 / ms, 1)}), flush=True)
        best, threads = min(results)
        mine = [row for row in ours if row["model"] == model and row["batchSize"] == batch]
        if mine:
            row = min(mine, key=lambda row: row["stepMs"])
            print(json.dumps({"model": model, "batchSize": batch, "ours": row["stepMs"], "ourThreads": row["threads"],
                              "pytorch": round(best, 1), "pytorchThreads": threads,
                              "ratio": round(best / row["stepMs"], 2)}), flush=True)


if __name__ == "__main__":
    main()
