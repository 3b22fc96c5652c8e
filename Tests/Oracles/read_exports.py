"""Reads exports with numpy and the safetensors package, and checks them against known values.

    pip install numpy safetensors
    PIPELINE_SAMPLE=/tmp/sample swift test --filter SampleFolderTests
    python3 Tests/Oracles/read_exports.py /tmp/sample/exports
"""

import sys

import numpy as np
from safetensors import safe_open
from safetensors.numpy import load_file

EXPECTED = {
    "layers.0.weight": np.array([[1, -2, 0.5], [2**-149, -0.0, 3]], dtype="<f4"),
    "labels": np.array([0, -1, 2**31 - 1], dtype="<i4"),
    "images": np.array([[[0, 1], [254, 255]]], dtype="u1"),
    "empty": np.zeros((0, 4), dtype="<f4"),
    "scalar": np.array(0.25, dtype="<f4"),
}


def check(name, found, reader):
    wanted = EXPECTED[name]
    same = found.dtype == wanted.dtype and found.shape == wanted.shape
    # By bytes, so that a lost sign of zero would show.
    assert same and found.tobytes() == wanted.tobytes(), f"{reader}: {name} is {found!r}"
    print(f"{reader}: {name} {found.dtype} {found.shape} as expected")


def main(folder):
    for name in EXPECTED:
        check(name, np.load(f"{folder}/{name}.npy", allow_pickle=False), "numpy")
    path = f"{folder}/sample.safetensors"
    arrays = load_file(path)
    assert set(arrays) == set(EXPECTED), sorted(arrays)
    for name, found in arrays.items():
        check(name, found, "safetensors")
    with safe_open(path, framework="numpy") as file:
        assert file.metadata() == {"architecture": "dense 3 → 2"}, file.metadata()
    print("metadata as expected")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
