"""Opens models of Keras and trains them a step: reads a JSON list of {model, inputs, output} from CALLS.json.

keras_model.py CALLS.json loads each model without custom objects, saves what it makes of the inputs, which are .npy
files by name, as `output`, and prints a JSON list of {layers, trained}: the classes of its layers by their names, and
how many of its trained weights a step of `fit` changed.
"""
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np


def use(call):
    model = keras.models.load_model(call["model"])
    inputs = {name: np.load(file) for name, file in call["inputs"].items()}
    if len(inputs) == 1:
        [inputs] = inputs.values()
    made = model.predict(inputs, verbose=0)
    np.save(call["output"], made)
    before = [weight.numpy().copy() for weight in model.trainable_variables]
    model.compile(keras.optimizers.SGD(1.0), "mean_squared_error")
    model.fit(inputs, np.zeros_like(made), verbose=0)
    changed = [bool((weight.numpy() != old).any()) for weight, old in zip(model.trainable_variables, before)]
    return {"layers": {layer.name: type(layer).__name__ for layer in model.layers}, "trained": sum(changed)}


def main():
    with open(sys.argv[1]) as file:
        calls = json.load(file)
    print(json.dumps([use(call) for call in calls]))


if __name__ == "__main__":
    main()
