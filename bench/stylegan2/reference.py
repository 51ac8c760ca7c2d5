"""The layers and networks of StyleGAN2 in PyTorch, from the formulas of the papers, for the tensors in a file of
`compare.mjs`: prints the largest relative error of the values and of the gradients of each case."""

import json
import math
import sys

import torch
import torch.nn.functional as F
from safetensors.torch import load_file

FILTER = torch.outer(torch.tensor([1.0, 3.0, 3.0, 1.0]), torch.tensor([1.0, 3.0, 3.0, 1.0])) / 64


def blurred(x, before, after, gain=1.0, stride=1):
    channels = x.shape[1]
    kernel = (FILTER * gain).expand(channels, 1, 4, 4)
    return F.conv2d(F.pad(x, (before, after, before, after)), kernel, stride=stride, groups=channels)


def upsampled(x):
    batch, channels, height, width = x.shape
    spread = torch.zeros(batch, channels, 2 * height, 2 * width)
    spread = spread.index_put(
        (
            torch.arange(batch)[:, None, None, None],
            torch.arange(channels)[None, :, None, None],
            2 * torch.arange(height)[None, None, :, None],
            2 * torch.arange(width)[None, None, None, :],
        ),
        x,
    )
    return blurred(spread, 2, 1, gain=4.0)


def downsampled(x):
    return blurred(x, 1, 1, stride=2)


def activated(x):
    return F.leaky_relu(x, 0.2) * math.sqrt(2)


def dense(p, name, x, factor=1.0):
    kernel = p[f"{name}/kernel"]
    return x @ (kernel * factor / math.sqrt(kernel.shape[0])) + p[f"{name}/bias"] * factor


def scaled_kernel(p, name):
    """`[out, in, height, width]`, of a kernel that is stored as `[height, width, in, out]`."""
    kernel = p[f"{name}/kernel"].permute(3, 2, 0, 1)
    return kernel / math.sqrt(kernel[0].numel())


def convolved(p, name, x, halves=False):
    kernel = scaled_kernel(p, name)
    if halves:
        y = F.conv2d(blurred(x, 2, 2), kernel, stride=2)
    else:
        y = F.conv2d(x, kernel, padding=kernel.shape[-1] // 2)
    bias = p.get(f"{name}/bias")
    return y if bias is None else y + bias[:, None, None]


def modulated(p, name, x, style, demodulates=True, doubles=False):
    """Equations 1 to 3: a kernel for each example."""
    kernel = p[f"{name}/kernel"]
    # Stored as [height, width, out, in] where the convolution is transposed.
    kernel = kernel.permute(2, 3, 0, 1) if doubles else kernel.permute(3, 2, 0, 1)
    kernel = kernel / math.sqrt(kernel[0].numel())
    made = []
    for one, scales in zip(x, style):
        own = kernel * scales[None, :, None, None]
        if demodulates:
            own = own / torch.sqrt(own.square().sum((1, 2, 3), keepdim=True) + 1e-8)
        if doubles:
            spread = F.conv_transpose2d(one[None], own.transpose(0, 1), stride=2)
            made.append(blurred(spread, 1, 1, gain=4.0))
        else:
            made.append(F.conv2d(one[None], own, padding=own.shape[-1] // 2))
    return torch.cat(made)


def modulated_by_mean(**options):
    def apply(p, draws, x):
        return modulated(p, "n/conv", x, dense(p, "n/affine", x.mean((2, 3))), **options)

    return apply


def with_noise(p, name, x, noise):
    return x + p[f"{name}/strength"] * noise


def normalised(x):
    return x / torch.sqrt(x.square().mean(1, keepdim=True) + 1e-8)


def with_stddev(x, size=4):
    """Progressive growing, section 3: groups of every (batch / size)-th example."""
    batch, _, height, width = x.shape
    groups = x.reshape(size, batch // size, -1)
    deviation = groups.var(0, unbiased=False).add(1e-8).sqrt().mean(1)
    plane = deviation.repeat(size)[:, None, None, None].expand(batch, 1, height, width)
    return torch.cat([x, plane], 1)


LAYERS = 6
SIZES = 3


def mapped(p, z):
    x = normalised(z)
    for i in range(1, 4):
        x = activated(dense(p, f"n/mapping/dense{i}", x, 0.01))
    return x


def styles_of(p, draws, z):
    w, other = mapped(p, z), mapped(p, draws["n/mixing/latents"])
    is_mixed = draws["n/mixing/chance"].reshape(-1) < 0.5
    crossover = draws["n/mixing/crossover"].reshape(-1) * (LAYERS - 1)
    styles = []
    for layer in range(LAYERS):
        second = is_mixed & (crossover < layer)
        styles.append(torch.where(second[:, None], other, w))
    return torch.stack(styles, 1)


def synthesised(p, draws, styles):
    def styled(name, x, w, doubles=False):
        y = modulated(p, f"{name}/conv", x, dense(p, f"{name}/affine", w), doubles=doubles)
        y = with_noise(p, f"{name}/noise", y, draws[f"{name}/noise/noise"])
        return activated(y + p[f"{name}/bias"][:, None, None])

    def image(name, x, w):
        y = modulated(p, f"{name}/conv", x, dense(p, f"{name}/affine", w), demodulates=False)
        return y + p[f"{name}/bias"][:, None, None]

    w = styles.unbind(1)
    x = p["n/constant/image"].permute(0, 3, 1, 2).expand(len(styles), -1, -1, -1)
    x = styled("n/conv1", x, w[0])
    rgb = image("n/toImage1", x, w[1])
    for size in range(2, SIZES + 1):
        layer = 2 * size - 3
        x = styled(f"n/up{size}", x, w[layer], doubles=True)
        x = styled(f"n/conv{size}", x, w[layer + 1])
        rgb = upsampled(rgb) + image(f"n/toImage{size}", x, w[layer + 2])
    return rgb


def generated(p, draws, z):
    return synthesised(p, draws, styles_of(p, draws, z))


def judged(p, draws, images):
    x = activated(convolved(p, "n/fromImage", images))
    for i in range(1, SIZES):
        h = activated(convolved(p, f"n/block{i}/conv1", x))
        h = activated(convolved(p, f"n/block{i}/conv2", h, halves=True))
        x = (h + convolved(p, f"n/block{i}/shortcut", downsampled(x))) / math.sqrt(2)
    x = activated(convolved(p, "n/last", with_stddev(x)))
    # Features are in the order of the images as they are stored: height, width, channels.
    x = activated(dense(p, "n/dense", x.permute(0, 2, 3, 1).flatten(1)))
    return dense(p, "n/logit", x)


def path_penalty(p, draws, z):
    """Equation 4 with the running mean at 0.5 so far, weight 2 and decay 0.01."""
    styles = styles_of(p, draws, z)
    images = synthesised(p, draws, styles)
    noise = draws["path/noise"] / math.sqrt(images.shape[2] * images.shape[3])
    (slopes,) = torch.autograd.grad((images * noise).sum(), styles, create_graph=True)
    lengths = slopes.square().sum(2).mean(1).sqrt()
    mean = 0.5 + 0.01 * (lengths.detach().mean() - 0.5)
    return 2 * (lengths - mean).square().mean()


CASES = {
    "dense": lambda p, draws, x: dense(p, "n/dense", x, 0.01),
    "convolution": lambda p, draws, x: convolved(p, "n/conv", x),
    "halving convolution": lambda p, draws, x: convolved(p, "n/conv", x, halves=True),
    "modulated convolution": modulated_by_mean(),
    "doubling modulated convolution": modulated_by_mean(doubles=True),
    "convolution to an image": modulated_by_mean(demodulates=False),
    "upsampling": lambda p, draws, x: upsampled(x),
    "downsampling": lambda p, draws, x: downsampled(x),
    "noise": lambda p, draws, x: with_noise(p, "n/noise", x, draws["n/noise/noise"]),
    "activation": lambda p, draws, x: activated(normalised(x)),
    "minibatch standard deviation": lambda p, draws, x: with_stddev(x),
    "generator": generated,
    "discriminator": judged,
    "path length": path_penalty,
}


def channels_first(x):
    return x.permute(0, 3, 1, 2) if x.dim() == 4 else x


def channels_last(x):
    return x.permute(0, 2, 3, 1) if x.dim() == 4 else x


def error(ours, theirs):
    return float((ours - theirs).norm() / theirs.norm().clamp_min(1e-12))


def compared(case, tensors):
    of = {name.split(":", 1)[1]: value for name, value in tensors.items() if name.startswith(f"{case}:")}
    parameters = {name[5:]: value.clone().requires_grad_() for name, value in of.items() if name.startswith("leaf ")}
    draws = {name[5:]: channels_first(value) for name, value in of.items() if name.startswith("draw ")}
    given = of["input"].clone().requires_grad_()
    value = channels_last(CASES[case](parameters, draws, channels_first(given)))
    total = value if value.dim() == 0 else (value * of["weights"]).sum()
    total.backward()
    gradients = {"input": given.grad, **{name: leaf.grad for name, leaf in parameters.items()}}
    return {
        "value": error(of["value"], value.detach()),
        "gradients": max(
            error(ours, gradients[name[9:]])
            for name, ours in of.items()
            if name.startswith("gradient ") and gradients[name[9:]] is not None
        ),
    }


tensors = load_file(sys.argv[1])
cases = sorted({name.split(":", 1)[0] for name in tensors}, key=list(CASES).index)
print(json.dumps({case: compared(case, tensors) for case in cases}))
