"""One of the benchmark's training steps in PyTorch, the same computation as in `gan bench`.

compare.mjs starts it: pytorch.py --model dcgan-64 --batch 64 --threads 2 [--channels-last] prints a JSON object.
"""
import torch
from torch import nn
from torch.nn import functional as F

from measurement import measurement_options, report, step_times

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


MODELS = {"dcgan-textbook": (textbook, 28, 1), "dcgan-64": (large, 64, 3)}


def training_step(model, batch, channels_last=False, device="cpu", **adam):
    """A step of the same game as ours, with the networks, the optimisers and a real batch on a device."""
    torch.manual_seed(1)
    make, size, channels = MODELS[model]
    placed = dict(device=device, memory_format=torch.channels_last if channels_last else torch.contiguous_format)
    generator, discriminator = (network.to(**placed) for network in make())
    options = dict(lr=2e-4, betas=(0.5, 0.999), **adam)
    for_generator = torch.optim.Adam(generator.parameters(), **options)
    for_discriminator = torch.optim.Adam(discriminator.parameters(), **options)
    real = (torch.rand(batch, channels, size, size) * 2 - 1).to(**placed)

    def step():
        fake = generator(torch.randn(batch, LATENT, device=device))
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

    return step


def main():
    parser = measurement_options(MODELS)
    parser.add_argument("--channels-last", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    step = training_step(options.model, options.batch, options.channels_last)
    report(torch.__version__, step_times(step, options.steps))


if __name__ == "__main__":
    main()
