"""Reads an export in the program that it is made for.

read.py FORMAT PATH SAMPLES LATENTS SHEET prints {reader, holds, difference} as JSON: the program and its version, what it
found, and the largest difference in levels of 0 to 255 from the images in SAMPLES (what `gan sample` made of LATENTS), or
of an animation from the sample grid SHEET.
"""
import json
import os
import sys
from importlib.metadata import version

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import numpy as np


# By the names of the packages.
TITLES = {
    "onnxruntime": "ONNX Runtime", "tensorflow-cpu": "TensorFlow", "keras": "Keras", "torch": "PyTorch",
    "tensorboard": "TensorBoard", "mlflow-skinny": "MLflow", "pillow": "Pillow", "Python": "Python"}


def levels(images):
    return np.clip(np.round(127.5 * (images + 1)), 0, 255)


def onnx(path, latents, classes):
    import onnxruntime

    model = onnxruntime.InferenceSession(path)
    return "onnxruntime", model.run(["images"], {"latents": latents, "class": classes})[0]


def savedmodel(path, latents, classes):
    import tensorflow as tf

    model = tf.saved_model.load(path).signatures["serving_default"]
    return "tensorflow-cpu", model(latents=tf.constant(latents), classes=tf.constant(classes))["images"].numpy()


def keras(path, latents, classes):
    import keras

    model = keras.models.load_model(path)
    return "keras", levels(model.predict({"latents": latents, "classes": classes}, verbose=0))


def safetensors(path, latents, classes):
    import torch

    sys.path.insert(0, path)
    import model

    with torch.no_grad():
        images = model.load()(torch.from_numpy(latents), torch.from_numpy(classes))
    return "torch", levels(images.permute(0, 2, 3, 1).numpy())


def in_folder(path, latents, classes):
    return onnx(os.path.join(path, "model.onnx"), latents, classes)


NETWORKS = {
    "onnx": onnx, "savedmodel": savedmodel, "keras": keras, "safetensors": safetensors, "web": in_folder,
    "model-card": in_folder}


def tensorboard(path, _):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    events = EventAccumulator(path)
    events.Reload()
    tags = events.Tags()
    return "tensorboard", f"{len(tags['scalars'])} curves, {len(tags['images'])} series of images", None


def mlflow(path, _):
    # Without it, MLflow opens only databases.
    os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
    from mlflow.tracking import MlflowClient

    client = MlflowClient(f"file:{path}")
    experiment, *_ = [one for one in client.search_experiments() if one.name != "Default"]
    [run] = client.search_runs([experiment.experiment_id])
    return "mlflow-skinny", f"{len(run.data.params)} parameters, {len(run.data.metrics)} metrics", None


def csv(path, _):
    from csv import DictReader

    with open(path, newline="", encoding="utf-8") as file:
        rows = list(DictReader(file))
    return "Python", f"{len(rows):,} rows, {len(rows[0])} columns", None


def animation(path, sheet):
    from PIL import Image

    with Image.open(path) as frames, Image.open(sheet) as last:
        count = frames.n_frames
        frames.seek(count - 1)
        shown, right = (np.array(image.convert("RGB"), np.int16) for image in (frames, last))
    return "pillow", f"{count} frames", int(np.abs(shown - right).max())


def latent_walk(path, _):
    from PIL import Image

    with Image.open(path) as frames:
        return "pillow", f"{frames.n_frames} frames", None


def report(path, _):
    from html.parser import HTMLParser

    class Counter(HTMLParser):
        pictures = 0

        def handle_starttag(self, tag, attributes):
            self.pictures += tag in ("img", "svg")

    counter = Counter()
    with open(path, encoding="utf-8") as file:
        counter.feed(file.read())
    return "Python", f"{counter.pictures} pictures and charts", None


def main(kind, path, samples, latents, sheet):
    if kind in NETWORKS:
        right = np.load(samples)
        package, images = NETWORKS[kind](path, np.load(latents).astype(np.float32), right["arr_1"].astype(np.int64))
        difference = int(np.abs(images.astype(np.int16) - right["arr_0"]).max())
        holds = f"{images.size:,} pixels"
    else:
        readers = {
            "tensorboard": tensorboard, "mlflow": mlflow, "csv": csv, "animation": animation, "latent-walk": latent_walk,
            "report": report}
        package, holds, difference = readers[kind](path, sheet)
    number = sys.version.split()[0] if package == "Python" else version(package)
    print(json.dumps({"reader": f"{TITLES[package]} {number}", "holds": holds, "difference": difference}))


if __name__ == "__main__":
    main(*sys.argv[1:])
