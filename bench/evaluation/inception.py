"""A network of Inception-v3's shape (Szegedy et al. 2016, as pytorch-fid cuts it) with random weights, and what PyTorch,
NumPy and SciPy make of it: no package carries the trained weights, but size, speed, preparation of images and the
distance do not depend on them. `inception.mjs` runs this and compares.
    /usr/bin/python3 bench/evaluation/inception.py FOLDER     # Debian's python3-torch, python3-scipy
"""
import json
import sys

import numpy
import torch
from scipy import linalg
from torch import nn
from torch.nn import functional as F

COUNT, SIDE, FEATURES = 100, 28, 64
folder = sys.argv[1]
torch.manual_seed(0)


def conv(inputs, outputs, size, stride=1, padding=0):
    layer = nn.Conv2d(inputs, outputs, size, stride, padding)
    nn.init.kaiming_normal_(layer.weight)
    return nn.Sequential(layer, nn.ReLU())


class Branches(nn.Module):
    """Branches side by side on the same input, joined along the channels."""

    def __init__(self, *branches):
        super().__init__()
        self.branches = nn.ModuleList(branches)

    def forward(self, x):
        return torch.cat([branch(x) for branch in self.branches], 1)


def block35(inputs, pool):
    return Branches(
        conv(inputs, 64, 1),
        nn.Sequential(conv(inputs, 48, 1), conv(48, 64, 5, padding=2)),
        nn.Sequential(conv(inputs, 64, 1), conv(64, 96, 3, padding=1), conv(96, 96, 3, padding=1)),
        nn.Sequential(nn.AvgPool2d(3, 1, 1, count_include_pad=False), conv(inputs, pool, 1)),
    )


def block17(width):
    across, down = dict(size=(1, 7), padding=(0, 3)), dict(size=(7, 1), padding=(3, 0))
    return Branches(
        conv(768, 192, 1),
        nn.Sequential(conv(768, width, 1), conv(width, width, **across), conv(width, 192, **down)),
        nn.Sequential(
            conv(768, width, 1),
            conv(width, width, **down),
            conv(width, width, **across),
            conv(width, width, **down),
            conv(width, 192, **across),
        ),
        nn.Sequential(nn.AvgPool2d(3, 1, 1, count_include_pad=False), conv(768, 192, 1)),
    )


def block8(inputs):
    def halves():
        return Branches(conv(384, 384, (1, 3), padding=(0, 1)), conv(384, 384, (3, 1), padding=(1, 0)))

    return Branches(
        conv(inputs, 320, 1),
        nn.Sequential(conv(inputs, 384, 1), halves()),
        nn.Sequential(conv(inputs, 448, 1), conv(448, 384, 3, padding=1), halves()),
        nn.Sequential(nn.MaxPool2d(3, 1, 1), conv(inputs, 192, 1)),
    )


stem = nn.Sequential(conv(3, 32, 3, 2), conv(32, 32, 3), conv(32, 64, 3, padding=1), nn.MaxPool2d(3, 2))
rest = nn.Sequential(
    conv(64, 80, 1),
    conv(80, 192, 3),
    nn.MaxPool2d(3, 2),
    block35(192, 32),
    block35(256, 64),
    block35(288, 64),
    Branches(
        conv(288, 384, 3, 2),
        nn.Sequential(conv(288, 64, 1), conv(64, 96, 3, padding=1), conv(96, 96, 3, 2)),
        nn.MaxPool2d(3, 2),
    ),
    block17(128),
    block17(160),
    block17(160),
    block17(192),
    Branches(
        nn.Sequential(conv(768, 192, 1), conv(192, 320, 3, 2)),
        nn.Sequential(
            conv(768, 192, 1),
            conv(192, 192, (1, 7), padding=(0, 3)),
            conv(192, 192, (7, 1), padding=(3, 0)),
            conv(192, 192, 3, 2),
        ),
        nn.MaxPool2d(3, 2),
    ),
    block8(1280),
    block8(2048),
)
pool = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten())


def export(network, name):
    torch.onnx.export(
        network.eval(),
        torch.zeros(1, 3, 299, 299),
        f"{folder}/{name}.onnx",
        input_names=["images"],
        output_names=["features"],
        dynamic_axes={"images": {0: "batch"}, "features": {0: "batch"}},
        opset_version=13,
    )


export(nn.Sequential(stem, pool), "small")
export(nn.Sequential(stem, rest, pool), "whole")


def images(seed):
    """As in inception.mjs."""
    i, y, x = numpy.meshgrid(numpy.arange(COUNT), numpy.arange(SIDE), numpy.arange(SIDE), indexing="ij")
    return (1 - 0.6 * seed) * numpy.sin(0.7 * i + 0.3 * y * (1 + i % 5) + 0.2 * x * (1 + i % 7) + seed)


def features(values):
    """As pytorch-fid does it: 256 levels, bilinear to 299, [-1, 1], the network."""
    levels = numpy.rint((values + 1) * 127.5).astype(numpy.uint8)
    batch = torch.from_numpy(levels)[:, None].repeat(1, 3, 1, 1).float() / 255
    with torch.no_grad():
        sized = F.interpolate(batch, size=(299, 299), mode="bilinear", align_corners=False)
        return pool(stem(2 * sized - 1)).numpy().astype(numpy.float64)


a, b = features(images(0)), features(images(1))
mean = a.mean(0) - b.mean(0)
covariances = numpy.cov(a, rowvar=False), numpy.cov(b, rowvar=False)
root = linalg.sqrtm(covariances[0] @ covariances[1]).real
distance = mean @ mean + numpy.trace(covariances[0] + covariances[1] - 2 * root)
print(json.dumps({"fid": float(distance), "features": a[:3, :4].tolist()}))
