# The expected values of src/evaluation/reference.test.ts by independent implementations: NumPy, SciPy and scikit-image.
#   apt-get install python3-numpy python3-scipy python3-skimage; /usr/bin/python3 bench/evaluation/reference.py
import json

import numpy as np
from scipy import linalg, optimize, stats
from scipy.spatial.distance import cdist, jensenshannon
from skimage.metrics import peak_signal_noise_ratio, structural_similarity


def values(count, width, seed):
    """The same in the test: deterministic, without structure, of unequal scales and correlated columns."""
    i, j = np.meshgrid(np.arange(count), np.arange(width), indexing="ij")
    waves = np.sin(i * 12.9898 + j * 78.233 + seed * 37.719) * 43758.5453
    noise = waves - np.floor(waves)
    shared = noise[:, :1]
    return noise * (1 + j / width) + 0.5 * shared + 0.1 * seed


def fid(a, b):
    mean = a.mean(0) - b.mean(0)
    ca, cb = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    return mean @ mean + np.trace(ca + cb - 2 * linalg.sqrtm(ca @ cb).real)


def mmd(a, b):
    m, n, d = len(a), len(b), a.shape[1]
    kaa, kbb, kab = (a @ a.T / d + 1) ** 3, (b @ b.T / d + 1) ** 3, (a @ b.T / d + 1) ** 3
    return (kaa.sum() - np.trace(kaa)) / (m * (m - 1)) + (kbb.sum() - np.trace(kbb)) / (n * (n - 1)) - 2 * kab.mean()


def radii(x, k):
    return np.sort(cdist(x, x), axis=1)[:, k]  # column 0 is the point itself


def neighbourhoods(real, fake):
    cross = cdist(real, fake)
    r3, f3, r5 = radii(real, 3), radii(fake, 3), radii(real, 5)
    return {
        "precision": (cross <= r3[:, None]).any(0).mean(),
        "recall": (cross <= f3[None, :]).any(1).mean(),
        "density": (cross <= r5[:, None]).sum(0).mean() / 5,
        "coverage": (cross <= r5[:, None]).any(1).mean(),
    }


def inception_score(p):
    return np.exp(np.mean([stats.entropy(row, p.mean(0)) for row in p]))


def sliced(a, b, directions):
    return np.mean([stats.wasserstein_distance(a @ d, b @ d) for d in directions])


def wasserstein(a, b, order):
    distances = cdist(a, b) ** order
    rows, columns = optimize.linear_sum_assignment(distances)
    return distances[rows, columns].mean() ** (1 / order)


real, fake = values(60, 8, 1), values(45, 8, 2)
p = values(20, 5, 3) ** 2
p /= p.sum(1, keepdims=True)
directions = values(6, 8, 4) - 0.7
directions /= np.linalg.norm(directions, axis=1, keepdims=True)
x, y = (values(2, 16 * 14 * 3, s).reshape(2, 16, 14, 3) / 2 - 0.5 for s in (5, 6))
x, y = np.clip(x, -1, 1).astype(np.float32).astype(float), np.clip(y, -1, 1).astype(np.float32).astype(float)
y = ((x + y) / 2).astype(np.float32).astype(float)
results = {
    "fid": fid(real, fake),
    "mmd": mmd(real, fake),
    **neighbourhoods(real, fake),
    "inceptionScore": inception_score(p),
    "slicedWasserstein": sliced(real, fake, directions),
    "wasserstein1": wasserstein(values(120, 2, 1), values(120, 2, 2), 1),
    "wasserstein2": wasserstein(values(120, 2, 1), values(120, 2, 2), 2),
    "jensenShannon": jensenshannon(*values(2, 30, 3), base=2) ** 2,
    "psnr": np.mean([peak_signal_noise_ratio(b, a, data_range=2) for a, b in zip(x, y)]),
    # sigma 1.5 with truncate 3.5 is the window of 11×11; scikit-image keeps where it fits in whole.
    "ssim": np.mean([
        structural_similarity(a + 1, b + 1, data_range=2, channel_axis=2, gaussian_weights=True, sigma=1.5,
                              use_sample_covariance=False)
        for a, b in zip(x, y)
    ]),
    "binomialTail": stats.binom.cdf(1040, 2000, 0.55),
}
print(json.dumps({k: float(v) for k, v in results.items()}, indent=2))
