"""Runs SavedModels in TensorFlow: reads a JSON list of {model, inputs} and prints the outputs of each as JSON.

savedmodel.py CALLS.json [--tflite] also converts each model for TFLite, runs it there, and prints those outputs instead.
"""
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import numpy as np
import tensorflow as tf


def in_tensorflow(model, inputs):
    loaded = tf.saved_model.load(model)
    serve = loaded.signatures["serving_default"]
    dtypes = {name: spec.dtype for name, spec in serve.structured_input_signature[1].items()}
    made = serve(**{name: tf.constant(value, dtypes[name]) for name, value in inputs.items()})
    names = sorted(variable.name for variable in loaded.variables)
    return {**{name: value.numpy().tolist() for name, value in made.items()}, "variables": names}


def in_tflite(model, inputs):
    converted = tf.lite.TFLiteConverter.from_saved_model(model).convert()
    run = tf.lite.Interpreter(model_content=converted).get_signature_runner("serving_default")
    dtypes = {name: detail["dtype"] for name, detail in run.get_input_details().items()}
    made = run(**{name: np.array(value, dtypes[name]) for name, value in inputs.items()})
    return {name: value.tolist() for name, value in made.items()}


def main():
    with open(sys.argv[1]) as file:
        calls = json.load(file)
    run = in_tflite if "--tflite" in sys.argv else in_tensorflow
    print(json.dumps([run(call["model"], call["inputs"]) for call in calls]))


if __name__ == "__main__":
    main()
