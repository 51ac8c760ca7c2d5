"""How pytorch-fid prepares images for its Inception network: 256 levels, torch's bilinear interpolation, [-1, 1].

Prints the values that src/evaluation/features/onnx-file.test.ts expects. Needs Debian's python3-torch.
    /usr/bin/python3 bench/evaluation/inception_input.py
"""
import numpy
import torch


def image(height, width):
    """As in the test: values of [-1.2, 1.2], some beyond what a picture can show."""
    y, x, c = numpy.meshgrid(numpy.arange(height), numpy.arange(width), numpy.arange(3), indexing="ij")
    return 1.2 * numpy.sin(1.7 * y + 0.9 * x + 2.3 * c)


for height, width, side in [(4, 5, 9), (12, 10, 7)]:
    levels = numpy.rint((numpy.clip(image(height, width), -1, 1) + 1) * 127.5).astype(numpy.uint8)
    tensor = torch.from_numpy(levels).permute(2, 0, 1)[None].float() / 255
    sized = torch.nn.functional.interpolate(tensor, size=(side, side), mode="bilinear", align_corners=False)
    wanted = (2 * sized - 1)[0]
    places = [(0, 0, 0), (1, 2, 3), (2, side - 1, 1), (0, 4, side - 1)]
    print(height, width, side, [round(float(wanted[place]), 6) for place in places], float(wanted.double().abs().mean()))
