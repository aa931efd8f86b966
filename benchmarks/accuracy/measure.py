"""Measures accuracy after pruning and prints the table as Markdown.

    python3 measure.py --tool "dotnet OnnxPrune.Cli.dll" --model MODEL --data DIR --form u8|f32 [--set test|chosen]
                       [--budgets 70,50] [--criteria obs,l2,...] [--recover auto,none] [--calibration real,synthetic] [--seeds 0]

DIR holds the arrays of data.py. Every row is one criterion with one way to recover; cells are top-1 accuracy in percent by
`onnxprune eval`, over the seeds the mean and, of several, the range. Needs: Python 3.
"""

import argparse
import json
import shlex
import subprocess
import tempfile
from pathlib import Path


def run(tool, *arguments):
    result = subprocess.run([*tool, *map(str, arguments), "--json"], capture_output=True, text=True)
    if result.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, arguments))}: {result.stderr}")
    return json.loads(result.stdout)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tool", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument("--form", required=True, choices=["u8", "f32"])
    parser.add_argument("--set", default="test", choices=["test", "chosen"])
    parser.add_argument("--budgets", default="70,50")
    parser.add_argument("--criteria", default="obs")
    parser.add_argument("--recover", default="auto")
    parser.add_argument("--calibration", default="real")
    parser.add_argument("--seeds", default="0")
    parser.add_argument("--extra", default="")
    options = parser.parse_args()
    tool, budgets = shlex.split(options.tool), options.budgets.split(",")
    labels = ["--labels", options.data / f"{options.set}-y.npy"]
    samples = ["--data", options.data / f"{options.set}-{options.form}.npy"]
    base = run(tool, "eval", options.model, *samples, *labels)["accuracy"]["top1"]
    print(f"{Path(options.model).name}: {100 * base:.2f}% unpruned\n")
    print("| criterion | calibration | recovery | " + " | ".join(f"macs={b}%" for b in budgets) + " |")
    print("| --- | --- | --- | " + " | ".join("---" for _ in budgets) + " |", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for criterion in options.criteria.split(","):
            for data in options.calibration.split(","):
                for recover in options.recover.split(","):
                    cells = []
                    for budget in budgets:
                        accuracies = []
                        for seed in options.seeds.split(","):
                            out = Path(folder) / "pruned.onnx"
                            source = "synthetic" if data == "synthetic" else options.data / f"calibration-{options.form}.npy"
                            run(tool, "prune", options.model, "-o", out, "--budget", f"macs={budget}%", "--criterion", criterion, "--seed", seed,
                                "--calibration", source, "--recover", recover, *shlex.split(options.extra))
                            accuracies.append(100 * run(tool, "eval", out, *samples, *labels)["accuracy"]["top1"])
                        spread = f" ({min(accuracies):.2f}–{max(accuracies):.2f})" if len(accuracies) > 1 else ""
                        cells.append(f"{sum(accuracies) / len(accuracies):.2f}{spread}")
                    print(f"| {criterion} | {data} | {recover} | " + " | ".join(cells) + " |", flush=True)


main()
