"""What the scripts of all peers share: their options, and the JSON object that compare.mjs reads."""
import argparse
import json
import statistics

WARM_UP_STEPS = 4


def measurement_options(models):
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", choices=models, required=True)
    for name in ("--batch", "--threads", "--steps"):
        parser.add_argument(name, type=int, required=True)
    return parser


def report(version, times):
    """Prints the times of all steps, in milliseconds, without those of the first ones."""
    timed = times[WARM_UP_STEPS:]
    print(json.dumps({"version": version, "stepMs": statistics.median(timed), "fastestStepMs": min(timed)}))
