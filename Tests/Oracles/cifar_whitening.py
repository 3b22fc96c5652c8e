"""Compares an exported whitening with one that numpy finds in double precision.

    pip install numpy
    pipeline export whiten --to /tmp/whiten
    python3 Tests/Oracles/cifar_whitening.py /tmp/whiten/whiten/whitening DATA N NORM BIAS

DATA is a folder with data_batch_1.bin.xz … or data_batch_1.bin …; N is how many training images
the whitening was fitted to, from the first; NORM and BIAS are its options.
"""

import lzma
import os
import sys

import numpy as np


def batch(folder, number):
    path = f"{folder}/data_batch_{number}.bin"
    if os.path.exists(path):
        with open(path, "rb") as file:
            content = file.read()
    else:
        with lzma.open(path + ".xz") as file:
            content = file.read()
    return np.frombuffer(content, np.uint8).reshape(-1, 3073)[:, 1:]


def main(export, folder, count, norm, bias):
    ours, mean = (np.load(f"{export}/{name}.npy").astype(float) for name in ("matrix", "mean"))
    x = np.concatenate([batch(folder, i) for i in range(1, -(-count // 10000) + 1)])
    x = x[:count].astype(float)
    x -= x.mean(1, keepdims=True)
    length = np.linalg.norm(x, axis=1, keepdims=True)
    x *= norm / np.where(length > 0, length, 1)
    expected_mean = x.mean(0)
    x -= expected_mean
    a = x.T @ x / count + bias * np.eye(x.shape[1])
    values, vectors = np.linalg.eigh(a)
    theirs = (vectors / np.sqrt(values)) @ vectors.T
    print(f"eigenvalues {values[0]:.6g} to {values[-1]:.6g}")
    print(f"mean: largest difference {abs(mean - expected_mean).max():.3g}"
          f" of {abs(expected_mean).max():.3g}")
    print(f"matrix: largest difference relative to the largest element"
          f" {abs(ours - theirs).max() / abs(theirs).max():.3g}")
    print(f"matrix: spectral norm of the difference, relative"
          f" {np.linalg.norm(ours - theirs, 2) / np.linalg.norm(theirs, 2):.3g}")
    residual = ours @ a @ ours - np.eye(len(a))
    print(f"W(C + bias I)W - I: largest element {abs(residual).max():.3g},"
          f" spectral norm {np.linalg.norm(residual, 2):.3g}")
    print(f"deviation of whitened training pixels {np.std(x @ theirs):.6f}")


if __name__ == "__main__":
    if len(sys.argv) != 6:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), float(sys.argv[5]))
