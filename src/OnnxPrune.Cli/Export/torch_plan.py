"""Applies a pruning plan to a PyTorch model. Depends only on torch.

    import prune_plan
    pruned = prune_plan.apply_to_state_dict(torch.load("model.pt"))    # or
    prune_plan.apply_to_module(model)                                  # in place, then fine-tune

Make the optimizer after the model has been cut: its parameters are new ones.
"""
import torch

# @PLAN@

# Common values of eps for BatchNormalization layers that were folded into convolutions; the first is torch's default.
FOLDED_EPS = (1e-5, 1e-3, 1e-4, 1e-6, 1e-2)
CONVOLUTIONS = ("Conv", "ConvTranspose")
BATCH_NORM = ("weight", "bias", "running_mean", "running_var")


class PlanError(Exception):
    """The plan does not fit the model."""


class Match:
    """The cut of one entry of a state_dict: kept indices per axis, and how the entry was found."""

    def __init__(self, key, keep, how, node):
        self.key, self.keep, self.how, self.node = key, keep, how, node

    def __repr__(self):
        return f"{self.key} by {self.how}: " + ", ".join(f"axis {a} keeps {len(k)}" for a, k in sorted(self.keep.items()))


def apply_to_state_dict(state_dict):
    """Returns a new state_dict with only the kept indices; the argument does not change. Raises PlanError if the plan does not fit."""
    matches = match(state_dict)
    return type(state_dict)((key, _cut(value, matches[key].keep) if key in matches else value) for key, value in state_dict.items())


def apply_to_module(module):
    """Cuts the parameters and buffers of a module in place, and sets its layers' sizes and groups to match. Returns the module."""
    matches = match(module.state_dict())
    owners = [(owner, own, matches[key]) for key, owner, own in _tensors(module) if key in matches]
    for owner, own, _ in owners:
        if isinstance(owner, torch.nn.MultiheadAttention):
            raise PlanError("nn.MultiheadAttention stores its own sizes; exclude its weights from the plan with --exclude, "
                            "or load the result of apply_to_state_dict into your own model")
    with torch.no_grad():
        cut = {}
        for owner, own, found in owners:
            old = getattr(owner, own)
            if id(old) not in cut:
                new = _cut(old, found.keep)
                cut[id(old)] = torch.nn.Parameter(new, requires_grad=old.requires_grad) if isinstance(old, torch.nn.Parameter) else new
            setattr(owner, own, cut[id(old)])
    for owner, own, found in owners:
        if own == "weight" and found.node in PLAN["groups"] and hasattr(owner, "groups"):
            owner.groups = PLAN["groups"][found.node]
        _resize(owner)
    return module


def report(state_dict):
    """One line per pruned entry: the kept sizes, and how the entry was found."""
    return "\n".join(repr(found) for found in match(state_dict).values())


def match(state_dict):
    """The entries of a state_dict that the plan cuts, by key. Raises PlanError if a weight of the plan has no counterpart."""
    return _Matching(state_dict).run()


class _Matching:
    def __init__(self, state_dict):
        self.sd = {key: value for key, value in state_dict.items() if torch.is_tensor(value)}
        self.place = {key: i for i, key in enumerate(self.sd)}
        self.norms = [key[: -len(".running_mean")] for key in self.sd if key.endswith(".running_mean")]
        self.found = {}
        self.convolutions = []

    def run(self):
        rest = [entry for entry in PLAN["weights"] if not self.by_name(entry)]
        rest = [entry for entry in rest if not self.by_values(entry)]
        rest = [entry for entry in rest if not self.by_order(entry)]
        folded = [entry["node"] for entry, key in self.convolutions if self.cut_folded_norm(entry, key)]
        missing = [entry for entry in rest if not (entry["op"] in CONVOLUTIONS and entry["slot"] == 2 and entry["node"] in folded)]
        if missing:
            raise PlanError("; ".join(_missing(entry) for entry in missing[:5]) + (f"; and {len(missing) - 5} more" if len(missing) > 5 else ""))
        return self.found

    # The name in the map, the name of the ONNX weight, or a name derived from the path of the node.
    def by_name(self, entry):
        if entry["torch"] is not None:
            if entry["torch"] not in self.sd:
                raise PlanError(f"the map of names has '{entry['torch']}' for '{entry['name']}', but the state_dict has no such entry")
            return self.take(entry, entry["torch"], "map")
        module, own = entry["module"], entry["name"]
        is_merged = entry["shared"] and module is not None and own.rpartition(".")[0] != module
        if own in self.sd and not is_merged:
            return self.take(entry, own, "name")
        if module is None:
            return False
        if f"{module}.{entry['role']}" in self.sd:
            return self.take(entry, f"{module}.{entry['role']}", "node")
        inside = [key for key in self.sd if key.rpartition(".")[0] == module and key not in self.found and _fits(entry, self.sd[key])]
        return len(inside) == 1 and self.take(entry, inside[0], "node")

    # The only entry with these values; a convolution may include a BatchNormalization.
    def by_values(self, entry):
        free = [key for key in self.sd if key not in self.found and _fits(entry, self.sd[key])]
        same = [key for key in free if _same(entry, self.sd[key])] if len(set(entry["samples"])) > 1 else []
        if not same and _is_convolution(entry):
            same = [key for key in free if self.folded_norm(entry, key) is not None]
        return len(same) == 1 and self.take(entry, same[0], "values")

    # The entry at the same position among those of this shape, if the ONNX model has equally many.
    def by_order(self, entry):
        alike = [key for key in self.sd if _fits(entry, self.sd[key])]
        if len(entry["shape"]) < 2 or len(alike) != entry["alike"] or alike[entry["place"]] in self.found:
            return False
        return self.take(entry, alike[entry["place"]], "order")

    def take(self, entry, key, how):
        if not _fits(entry, self.sd[key]):
            raise PlanError(f"'{key}' has shape {list(self.sd[key].shape)}, but the plan was made for {entry['shape']}")
        turned = _is_turned(entry, self.sd[key], how)
        keep = {_axis(entry, axis, self.sd[key], turned): _indices(kept) for axis, kept in entry["keep"].items()}
        self.cut(key, keep, how, entry["node"])
        if _is_convolution(entry):
            self.convolutions.append((entry, key))
        return True

    def cut(self, key, keep, how, node):
        if key in self.found and self.found[key].keep != keep:
            raise PlanError(f"'{key}' is used twice, and the plan cuts the two uses differently; the module cannot hold both")
        self.found.setdefault(key, Match(key, keep, how, node))

    # Exporters fold a BatchNormalization into the preceding convolution: the plan has no entry for it, but it must be cut as well. It is the one
    # that reproduces the plan's values from the convolution's, or with other weights, the one after the convolution in the state_dict.
    def cut_folded_norm(self, entry, key):
        axis = 0 if entry["op"] == "Conv" else 1
        if axis not in self.found[key].keep or _same(entry, self.sd[key]):
            return False
        norm, how = self.folded_norm(entry, key), "values"
        if norm is None:
            norm, how = self.norm_behind(entry, key), "order"
        if norm is None:
            return False
        own_bias = [key[: -len("weight")] + "bias"]
        for name in [f"{norm}.{own}" for own in BATCH_NORM] + own_bias:
            if name in self.sd:
                self.cut(name, {0: self.found[key].keep[axis]}, how, entry["node"])
        return True

    def folded_norm(self, entry, key):
        tensor = self.sd[key]
        if entry["op"] != "Conv" or list(tensor.shape) != entry["shape"]:
            return None
        count, inner = tensor.shape[0], tensor[0].numel()
        channels = [position // inner for position in _positions(tensor.numel())]
        plain = _samples(tensor)
        for norm in sorted(self.norms, key=lambda n: abs(self.place[f"{n}.running_mean"] - self.place[key])):
            variance = self.sd[f"{norm}.running_var"].detach().double().cpu()
            if variance.shape[0] != count or f"{norm}.running_mean" in self.found:
                continue
            scale = self.sd[f"{norm}.weight"].detach().double().cpu() if f"{norm}.weight" in self.sd else torch.ones(count)
            for eps in FOLDED_EPS:
                factor = (scale / torch.sqrt(variance + eps)).tolist()
                if _close([value * factor[channel] for value, channel in zip(plain, channels)], entry["samples"], 1e-4):
                    return norm
        return None

    def norm_behind(self, entry, key):
        place = self.place[key]
        behind = next((n for n in self.norms if self.place[f"{n}.running_mean"] > place), None)
        if behind is None or f"{behind}.running_mean" in self.found:
            return None
        between = list(self.sd)[place + 1:self.place[f"{behind}.running_mean"]]
        fits = self.sd[f"{behind}.running_mean"].shape[0] == len(self.sd[key]) and all(self.sd[k].dim() < 2 for k in between)
        return behind if fits else None


def _missing(entry):
    return (f"'{entry['name']}', which {entry['op']} {entry['node']} reads, has no counterpart of shape {entry['shape']} by name or values; "
            "name it in the file of --names")


def _indices(ranges):
    ends = [tuple(int(end) for end in part.split("-")) for part in ranges.split(",")]
    return [i for end in ends for i in range(end[0], end[-1] + 1)]


def _cut(tensor, keep):
    for axis, kept in keep.items():
        tensor = tensor.index_select(axis, torch.tensor(kept, device=tensor.device))
    return tensor.contiguous()


def _count(shape):
    count = 1
    for size in shape:
        count *= size
    return count


def _positions(count):
    return [i * (count - 1) // 15 for i in range(16)]


def _samples(tensor):
    flat = tensor.detach().reshape(-1)
    return flat[torch.tensor(_positions(flat.numel()), device=flat.device)].double().cpu().tolist()


def _is_convolution(entry):
    return entry["op"] in CONVOLUTIONS and entry["slot"] == 1


# A matrix may be transposed, and a vector have more or fewer axes of size 1.
def _fits(entry, tensor):
    shape = list(tensor.shape)
    return shape == entry["shape"] or (len(shape) == 2 and shape[::-1] == entry["shape"]) or _is_vector(entry, shape)


def _is_vector(entry, shape):
    long = [size for size in entry["shape"] if size != 1]
    return len(long) == 1 and long == [size for size in shape if size != 1]


def _axis(entry, axis, tensor, turned):
    shape = list(tensor.shape)
    if shape != entry["shape"] and _is_vector(entry, shape):
        return shape.index(entry["shape"][axis])
    return len(shape) - 1 - axis if turned else axis


# Whether an entry is the transpose of the ONNX weight, as those of linear layers are.
def _is_turned(entry, tensor, how):
    shape = list(tensor.shape)
    if shape != entry["shape"]:
        return not _is_vector(entry, shape)
    if len(shape) != 2 or shape[0] != shape[1]:
        return False
    direct, turned = _has_values(entry, tensor), _has_values(entry, tensor.t())
    return turned if direct != turned else entry["transposed"] and how != "name"


def _same(entry, tensor):
    forms = [tensor, tensor.t()] if tensor.dim() == 2 else [tensor]
    return any((list(form.shape) == entry["shape"] or _is_vector(entry, list(form.shape))) and _has_values(entry, form) for form in forms)


def _has_values(entry, tensor):
    total = tensor.detach().double().sum().item()
    return _close(_samples(tensor), entry["samples"], 1e-6) and _close([total], [entry["sum"]], 1e-4, entry["magnitude"])


def _close(values, wanted, tolerance, scale=None):
    scale = scale if scale is not None else max(abs(w) for w in wanted)
    return all(abs(v - w) <= tolerance * max(scale, 1e-12) for v, w in zip(values, wanted))


# Every parameter and buffer once per module that owns it, with its key in the state_dict.
def _tensors(module):
    seen = set()
    for name, owner in module.named_modules():
        for own in list(owner._parameters) + list(owner._buffers):
            if getattr(owner, own) is not None and (id(owner), own) not in seen:
                seen.add((id(owner), own))
                yield (f"{name}.{own}" if name else own), owner, own


def _resize(owner):
    weight, nn = getattr(owner, "weight", None), torch.nn
    if isinstance(owner, nn.modules.conv._ConvTransposeNd):
        owner.in_channels, owner.out_channels = weight.shape[0], weight.shape[1] * owner.groups
    elif isinstance(owner, nn.modules.conv._ConvNd):
        owner.out_channels, owner.in_channels = weight.shape[0], weight.shape[1] * owner.groups
    elif isinstance(owner, nn.Linear):
        owner.out_features, owner.in_features = weight.shape
    elif isinstance(owner, nn.modules.batchnorm._NormBase):
        owner.num_features = (weight if weight is not None else owner.running_mean).shape[0]
    elif isinstance(owner, nn.LayerNorm):
        owner.normalized_shape = tuple(weight.shape)
    elif isinstance(owner, nn.GroupNorm):
        owner.num_channels = weight.shape[0]
    elif isinstance(owner, nn.Embedding):
        owner.num_embeddings, owner.embedding_dim = weight.shape
    elif isinstance(owner, nn.PReLU):
        owner.num_parameters = weight.shape[0]
