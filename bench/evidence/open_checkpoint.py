#!/usr/bin/env python3
"""Opens a checkpoint with Python's safetensors: pip install safetensors numpy

    python3 bench/evidence/open_checkpoint.py RUN/checkpoints/step-00000200.safetensors
"""
import json
import sys

from safetensors import safe_open

with safe_open(sys.argv[1], framework="numpy") as file:
    print(json.dumps(json.loads(file.metadata()["gan-workbench"]), indent=1))
    for name in sorted(file.keys()):
        tensor = file.get_tensor(name)
        print(f"{name:44} {str(tensor.dtype):8} {list(tensor.shape)}")
