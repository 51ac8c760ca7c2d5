"""What the scripts of all peers share: their options, and the JSON object that compare.mjs reads."""
import argparse
import json
import statistics
import time

WARM_UP_STEPS = 4


def measurement_options(models):
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", choices=models, required=True)
    for name in ("--batch", "--threads", "--steps"):
        parser.add_argument(name, type=int, required=True)
    return parser


def step_times(step, count):
    """Milliseconds of each step, by the clock and of the processor's time; the first ones are included."""
    times = []
    for _ in range(WARM_UP_STEPS + count):
        start, cpu_start = time.perf_counter(), time.process_time()
        step()
        times.append(((time.perf_counter() - start) * 1000, (time.process_time() - cpu_start) * 1000))
    return times


def report(version, times):
    """Prints the times of all steps without those of the first ones."""
    timed, cpu = zip(*times[WARM_UP_STEPS:])
    print(json.dumps({"version": version, "stepMs": statistics.median(timed), "fastestStepMs": min(timed),
                      "cpuMs": statistics.median(cpu)}))
