"""Opens a checkpoint with Python's own `safetensors` and prints what is in it: proof that others can read our files.

    pip install safetensors numpy
    python3 bench/safetensors/check.py gan-runs/00001-…/checkpoints/step-00000500.safetensors
"""

import json
import sys

import numpy
from safetensors import safe_open


def main(path: str) -> None:
    with safe_open(path, framework="numpy") as file:
        state = json.loads(file.metadata()["gan-workbench"])
        print(f"step {state['step']}, data position {state['data']}")
        for name in sorted(file.keys()):
            tensor = file.get_tensor(name)
            finite = bool(numpy.isfinite(tensor).all())
            print(f"{name}: {tensor.dtype} {list(tensor.shape)} finite={finite} sum={float(tensor.sum()):.9g}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: check.py CHECKPOINT")
    main(sys.argv[1])
