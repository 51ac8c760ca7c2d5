"""One of the benchmark's training steps in TensorFlow, compiled by tf.function; the same computation as in `gan bench`.

compare.mjs starts it: tensorflow_step.py --model dcgan-64 --batch 64 --threads 2 prints a JSON object.
"""
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import tensorflow as tf
from tensorflow.keras import Sequential, layers, optimizers

from measurement import measurement_options, report, step_times

LATENT = 100


def conv(units, kernel, bias=True):
    return layers.Conv2D(units, kernel, 2, "same", use_bias=bias)


def transposed(units, kernel, stride, bias=True):
    return layers.Conv2DTranspose(units, kernel, stride, "same", use_bias=bias)


def textbook():
    generator = Sequential([
        layers.Dense(7 * 7 * 128, use_bias=False), layers.BatchNormalization(), layers.ReLU(),
        layers.Reshape((7, 7, 128)),
        transposed(128, 5, 1), layers.ReLU(), transposed(64, 5, 2), layers.ReLU(),
        transposed(1, 5, 2), layers.Activation("tanh")])
    discriminator = Sequential([
        conv(64, 5), layers.LeakyReLU(0.2), conv(128, 5), layers.LeakyReLU(0.2), layers.Flatten(), layers.Dense(1)])
    return generator, discriminator


def large():
    parts = [layers.Dense(4 * 4 * 512, use_bias=False), layers.Reshape((4, 4, 512)), layers.BatchNormalization(),
             layers.ReLU()]
    for units in (256, 128, 64):
        parts += [transposed(units, 4, 2, bias=False), layers.BatchNormalization(), layers.ReLU()]
    generator = Sequential([*parts, transposed(3, 4, 2), layers.Activation("tanh")])
    parts = [conv(64, 4), layers.LeakyReLU(0.2)]
    for units in (128, 256, 512):
        parts += [conv(units, 4, bias=False), layers.BatchNormalization(), layers.LeakyReLU(0.2)]
    return generator, Sequential([*parts, layers.Flatten(), layers.Dense(1)])


MODELS = {"dcgan-textbook": (textbook, 28, 1), "dcgan-64": (large, 64, 3)}


def training_step(model, batch):
    """Milliseconds of each step, the first ones included."""
    tf.random.set_seed(1)
    make, size, channels = MODELS[model]
    generator, discriminator = make()
    for_generator, for_discriminator = (optimizers.Adam(2e-4, beta_1=0.5, beta_2=0.999) for _ in range(2))
    real = tf.random.uniform((batch, size, size, channels), -1, 1)
    discriminator(generator(tf.zeros((batch, LATENT))))
    for_generator.build(generator.trainable_variables)
    for_discriminator.build(discriminator.trainable_variables)

    @tf.function
    def step(real, latents):
        with tf.GradientTape() as generator_tape:
            fake = generator(latents, training=True)
            with tf.GradientTape() as discriminator_tape:
                on_real = tf.reduce_mean(tf.nn.softplus(-discriminator(real, training=True)))
                on_fake = tf.reduce_mean(tf.nn.softplus(discriminator(tf.stop_gradient(fake), training=True)))
                discriminator_loss = on_real + on_fake
            gradients = discriminator_tape.gradient(discriminator_loss, discriminator.trainable_variables)
            for_discriminator.apply_gradients(zip(gradients, discriminator.trainable_variables))
            generator_loss = tf.reduce_mean(tf.nn.softplus(-discriminator(fake, training=True)))
        gradients = generator_tape.gradient(generator_loss, generator.trainable_variables)
        for_generator.apply_gradients(zip(gradients, generator.trainable_variables))
        return discriminator_loss, generator_loss

    def with_latents():
        [float(loss) for loss in step(real, tf.random.normal((batch, LATENT)))]

    return with_latents


def main():
    options = measurement_options(MODELS).parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(options.threads)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    report(tf.__version__, step_times(training_step(options.model, options.batch), options.steps))


if __name__ == "__main__":
    main()
