"""Folds the batch normalizations of a model into the convolutions before them.

    python3 fold.py MODEL FOLDED

Needs: Python 3, onnx, NumPy.
"""

import sys

import numpy as np
import onnx
from onnx import numpy_helper


def main():
    model = onnx.load(sys.argv[1])
    graph = model.graph
    tensors = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
    producers = {output: node for node in graph.node for output in node.output}
    for norm in [n for n in graph.node if n.op_type == "BatchNormalization"]:
        conv = producers.get(norm.input[0])
        if conv is None or conv.op_type != "Conv":
            continue
        scale, shift, mean, variance = (tensors[name].astype(np.float64) for name in norm.input[1:5])
        epsilon = next((a.f for a in norm.attribute if a.name == "epsilon"), 1e-5)
        factor = scale / np.sqrt(variance + epsilon)
        weight = tensors[conv.input[1]].astype(np.float64) * factor.reshape(-1, 1, 1, 1)
        bias = tensors[conv.input[2]].astype(np.float64) if len(conv.input) > 2 else 0
        tensors[conv.input[1]] = weight.astype(np.float32)
        name = conv.input[1].removesuffix("weight") + "bias"
        tensors[name] = ((bias - mean) * factor + shift).astype(np.float32)
        del conv.input[2:]
        conv.input.append(name)
        conv.output[0] = norm.output[0]
        graph.node.remove(norm)
    used = {name for node in graph.node for name in node.input}
    del graph.initializer[:]
    graph.initializer.extend(numpy_helper.from_array(array, name) for name, array in tensors.items() if name in used)
    onnx.checker.check_model(model)
    onnx.save(model, sys.argv[2])


main()
