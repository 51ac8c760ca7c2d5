"""The benchmark's training steps in PyTorch on CUDA: eager and as a CUDA graph, convolutions with and without TF32.

run.sh starts it: pytorch_gpu.py [--tiny]. The step is that of peers/pytorch.py, which is packed beside it.
"""
import statistics
import sys
import time

import torch

from pytorch import training_step

CASES = [("dcgan-textbook", 64), ("dcgan-textbook", 128), ("dcgan-textbook", 512), ("dcgan-64", 64), ("dcgan-64", 128)]
WARM_UP, STEPS = 5, 30


def as_graph(step):
    stream = torch.cuda.Stream()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        for _ in range(3):
            step()
    torch.cuda.current_stream().wait_stream(stream)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        step()
    return graph.replay


def milliseconds(step, device):
    times = []
    for _ in range(WARM_UP + STEPS):
        start = time.perf_counter()
        step()
        if device == "cuda":
            torch.cuda.synchronize()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times[WARM_UP:])


def main():
    device = "cuda" if torch.cuda.is_available() else "cpu"
    print(torch.__version__, torch.cuda.get_device_name() if device == "cuda" else "no CUDA here")
    cases = [("dcgan-textbook", 2)] if "--tiny" in sys.argv else CASES
    if device == "cpu" and "--tiny" not in sys.argv:
        return
    for model, batch in cases:
        for tf32 in (True, False):
            torch.backends.cudnn.allow_tf32 = tf32
            for name, prepare in (("eager", lambda step: step), ("CUDA graph", as_graph)):
                if device == "cpu" and name != "eager":
                    continue
                try:
                    # Capturable optimisers keep their counters on the device, which a graph needs.
                    step = training_step(model, batch, device=device, capturable=device == "cuda")
                    ms = milliseconds(prepare(step), device)
                    print(f"{model} b{batch} {name}, TF32 {'on' if tf32 else 'off'}: {ms:.3f} ms, {batch * 1000 / ms:.0f} images/s", flush=True)
                except RuntimeError as error:
                    print(f"{model} b{batch} {name}: {error}", flush=True)


if __name__ == "__main__":
    main()
