"""Networks whose plans are applied in PyTorch: exports one to ONNX, and later cuts it by the file that export-plan has written."""
import pathlib
import sys

import torch
from torch import nn


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 8, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(8)
        self.layer = nn.Sequential(Stage(8, 8), Stage(8, 16))
        self.fc = nn.Linear(16, 5)

    def forward(self, x):
        return self.fc(self.layer(torch.relu(self.bn1(self.conv1(x)))).mean((2, 3)))


class Stage(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.shortcut = nn.Sequential(nn.Conv2d(inputs, outputs, 1, bias=False), nn.BatchNorm2d(outputs)) if inputs != outputs else nn.Identity()

    def forward(self, x):
        y = self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
        return torch.relu(y + self.shortcut(x))


class Depthwise(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 8, 1), nn.BatchNorm2d(8), nn.ReLU(),
            nn.Conv2d(8, 8, 3, padding=1, groups=8, bias=False), nn.BatchNorm2d(8), nn.ReLU6(),
            nn.Conv2d(8, 12, 1, bias=False), nn.BatchNorm2d(12), nn.PReLU(12),
            nn.ConvTranspose2d(12, 6, 2, stride=2), nn.ReLU())
        self.classifier = nn.Sequential(nn.Flatten(), nn.Linear(6 * 256, 10), nn.ReLU(), nn.Linear(10, 4))

    def forward(self, x):
        return self.classifier(self.features(x))


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.tokens = nn.Embedding(20, 16)
        self.blocks = nn.ModuleList(Block(16, 4, 24) for _ in range(2))
        self.norm = nn.LayerNorm(16)
        self.head = nn.Linear(16, 5)

    def forward(self, x):
        x = self.tokens(x)
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x))


class Block(nn.Module):
    def __init__(self, width, heads, hidden):
        super().__init__()
        self.head_size = width // heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))
        self.up, self.down = nn.Linear(width, hidden), nn.Linear(hidden, width)

    def forward(self, x):
        y = self.norm1(x)
        q, k, v = (layer(y).reshape(*y.shape[:2], -1, self.head_size).transpose(1, 2) for layer in (self.query, self.key, self.value))
        a = torch.softmax(q @ k.transpose(-1, -2) * self.head_size ** -0.5, -1) @ v
        x = x + self.out(a.transpose(1, 2).flatten(2))
        return x + self.down(torch.nn.functional.gelu(self.up(self.norm2(x))))


def torchvision_model(name):
    import torchvision
    return getattr(torchvision.models, name)()


NETWORKS = {
    "residual": (Residual, lambda: torch.randn(2, 3, 8, 8)),
    "depthwise": (Depthwise, lambda: torch.randn(2, 3, 8, 8)),
    "transformer": (Transformer, lambda: torch.randint(0, 20, (2, 7))),
    "resnet18": (lambda: torchvision_model("resnet18"), lambda: torch.randn(1, 3, 64, 64)),
    "mobilenet_v2": (lambda: torchvision_model("mobilenet_v2"), lambda: torch.randn(1, 3, 64, 64)),
}


def make(name, seed):
    torch.manual_seed(seed)
    net = NETWORKS[name][0]()
    for module in net.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias, 0, 0.2)
            nn.init.normal_(module.running_mean, 0, 0.2)
            nn.init.uniform_(module.running_var, 0.5, 1.5)
    return net.eval()


def export(name, folder):
    net, x = make(name, 0), NETWORKS[name][1]()
    torch.onnx.export(net, x, str(folder / "model.onnx"), input_names=["x"], output_names=["y"])
    x.numpy().tofile(folder / "x.bin")


def apply(name, folder, seed):
    sys.path.insert(0, str(folder))
    import prune_plan
    net, state = make(name, seed), make(name, seed).state_dict()
    before = {key: value.clone() for key, value in state.items()}
    pruned = prune_plan.apply_to_state_dict(state)
    assert all(torch.equal(before[key], value) for key, value in state.items()), "the state_dict given was changed"
    print(prune_plan.report(state))
    prune_plan.apply_to_module(net).load_state_dict(pruned, strict=True)
    kind = torch.int64 if name == "transformer" else torch.float32
    x = torch.frombuffer(bytearray((folder / "x.bin").read_bytes()), dtype=kind).reshape(shape(name))
    net(x).detach().numpy().tofile(folder / "y.bin")
    loss = net.train()(x).square().mean()
    loss.backward()
    assert all(p.grad is not None and p.grad.shape == p.shape for p in net.parameters()), "a parameter has no gradient"


def shape(name):
    return NETWORKS[name][1]().shape


if __name__ == "__main__":
    what, network, where = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    export(network, where) if what == "export" else apply(network, where, int(sys.argv[4]))
